import type { CreatedToken } from '@coroner/schema/http/tokens';
import type { Command } from 'commander';
import type { Surroundings } from '../lists/commands.ts';
import { table } from '../lists/table.ts';
import { tokenColumns } from './columns.ts';
import { type CreateOptions, tokenOf } from './options.ts';

const json = ['--json', 'print it as JSON'] as const;

/** token create, list, revoke. */
export function addTokenCommands(program: Command, around: Surroundings): void {
  const print = (text: string) => void process.stdout.write(text);
  const printJson = (value: unknown) => print(`${JSON.stringify(value, null, 2)}\n`);
  const token = program
    .command('token')
    .description("tokens of the hub's API, for people and programs; needs one of scope admin");
  token
    .command('create')
    .description('create a token; it is shown this once, and the hub keeps a hash of it')
    .argument('<NAME>', 'whose, or what for')
    .option('--scope <SCOPE>', 'read: ask; act: also claim, announce, import; admin: all', 'read')
    .option('--for <SPAN>', 'how long it is valid, such as 12h, 30d, 52w, or never', '90d')
    .option(...json)
    .action(async (name: string, options: CreateOptions) => {
      const wanted = around.usage(() => tokenOf(name, options, new Date()));
      const created = await around.connect().call('POST /v1/tokens', { body: wanted });
      if (options.json) printJson(created);
      else print(told(created));
    });
  token
    .command('list')
    .description('tokens, the newest first, with their last use')
    .option(...json)
    .action(async (options: { json?: boolean }) => {
      const { items } = await around.connect().call('GET /v1/tokens');
      if (options.json) printJson({ items });
      else print(items.length === 0 ? 'No token.\n' : table(tokenColumns, items, around.paper()));
    });
  token
    .command('revoke')
    .description('a token opens nothing from now on')
    .argument('<ID>', 'as list shows it')
    .option(...json)
    .action(async (id: string, options: { json?: boolean }) => {
      const revoked = await around.connect().call('DELETE /v1/tokens/{id}', { path: { id } });
      if (options.json) printJson(revoked);
      else print(table(tokenColumns, [revoked], around.paper()));
    });
}

/** The token alone on standard output, for a program to take; the rest is for people. */
function told({ token, id, scope, expiresAt }: CreatedToken): string {
  const end = expiresAt === null ? 'never expires' : `expires at ${expiresAt}`;
  process.stderr.write(`${id}, scope ${scope}, ${end}. It is not shown again:\n`);
  return `${token}\n`;
}
