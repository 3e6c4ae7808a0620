import type { ExpectedRule } from '@coroner/schema/http/expected';
import type { Command } from 'commander';
import type { Surroundings } from '../lists/commands.ts';
import { table } from '../lists/table.ts';
import { expectedColumns } from './columns.ts';
import { type AddOptions, ruleOf } from './options.ts';

/** expected add, list, remove. */
export function addExpectedCommands(program: Command, around: Surroundings): void {
  const expected = program
    .command('expected')
    .description('deaths that are announced: they stay in history and alert nobody');
  const show = (rules: readonly ExpectedRule[], json: boolean | undefined) => {
    const text = json
      ? `${JSON.stringify({ items: rules }, null, 2)}\n`
      : rules.length === 0
        ? 'No death is announced.\n'
        : table(expectedColumns, rules, around.paper());
    process.stdout.write(text);
  };
  expected
    .command('add')
    .description('announce deaths; of the texts, * is any characters; all that are given must fit')
    .option('--host <H>', 'on which host')
    .option('--host-label <L>', 'on hosts with a label, such as role=web*')
    .option('--unit <U>', 'of which unit')
    .option('--process <P>', 'its name or executable')
    .option('--command <C>', 'its command line')
    .option('--user <U>', 'whose process it is')
    .option('--by <U>', 'who does it')
    .option('--cause <C>', 'such as service-stopped')
    .option('--label <L>', 'such as deploy, autoscaling, log-rotation')
    .option('--reason <TEXT>', 'why it is expected')
    .option('--author <NAME>', 'who says so (default: you)')
    .option('--from <TIME>', 'an ISO time (default: now)')
    .option('--until <TIME>', 'an ISO time')
    .option('--for <SPAN>', 'such as 30m, 2h, 7d, in place of --until')
    .option('--schedule <CRON>', 'only from its runs on, such as "0 2 * * *"')
    .option('--minutes <N>', 'for so long after each run')
    .option('--time-zone <ZONE>', 'zone of --schedule (default: of this machine)')
    .option('--json', 'print it as JSON')
    .action(async (options: AddOptions) => {
      const rule = around.usage(() => ruleOf(options, new Date()));
      show([await around.connect().call('POST /v1/expected', { body: rule })], options.json);
    });
  expected
    .command('list')
    .description('what is announced')
    .option('--all', 'also what ended or was removed')
    .option('--json', 'print it as JSON')
    .action(async ({ all, json }: { all?: boolean; json?: boolean }) => {
      const query = { all: String(all === true) };
      show((await around.connect().call('GET /v1/expected', { query })).items, json);
    });
  expected
    .command('remove')
    .description('end a rule now; what it explained stays explained')
    .argument('<ID>', 'as list shows it')
    .option('--json', 'print it as JSON')
    .action(async (id: string, { json }: { json?: boolean }) => {
      show([await around.connect().call('DELETE /v1/expected/{id}', { path: { id } })], json);
    });
}
