import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Webhook, WebhookChange } from '@coroner/schema/http/webhooks';
import type { Command } from 'commander';
import type { Surroundings } from '../lists/commands.ts';
import { withMatch } from '../match-options.ts';
import { changeOf, type EditOptions, keptOf } from './change.ts';
import { told } from './told.ts';

interface Json {
  json?: boolean;
}

const json = ['--json', 'print it as JSON'] as const;
const id = ['<ID>', 'as list shows it'] as const;

/** webhooks edit, enable, disable, rotate. */
export function addChangeCommands(
  webhooks: Command,
  around: Surroundings,
  show: (all: readonly Webhook[]) => void,
): void {
  const printJson = (value: unknown) =>
    void process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  async function change(hub: HubClient, of: string, body: WebhookChange, options: Json) {
    const changed = await hub.call('PATCH /v1/webhooks/{id}', { path: { id: of }, body });
    if (options.json) printJson(changed);
    else show([changed]);
  }

  const edit = webhooks
    .command('edit')
    .description("change what is typed and keep the rest; '' takes a filter away")
    .argument(...id)
    .option('--name <NAME>', 'whose, or what for')
    .option('--url <URL>', 'https://…; what waits goes there');
  withMatch(edit)
    .option('--events <LIST>', 'of created, updated, resolved and withdrawn, or all')
    .option(...json)
    .action(async (of: string, options: EditOptions & Json) => {
      const hub = around.connect();
      const { items } = await hub.call('GET /v1/webhooks');
      const webhook = items.find((each) => each.id === of);
      const body = around.usage(() => {
        if (!webhook) throw new Error(`there is no webhook ${of}: coroner webhooks list`);
        return changeOf(webhook, options);
      });
      await change(hub, of, body, options);
    });
  for (const [name, state, description] of [
    ['enable', 'on', 'switch it on again: what waits is sent, and what was missed'],
    ['disable', 'off', 'send nothing until it is enabled; what waits stays'],
  ] as const)
    webhooks
      .command(name)
      .description(description)
      .argument(...id)
      .option(...json)
      .action((of: string, options: Json) => change(around.connect(), of, { state }, options));
  webhooks
    .command('rotate')
    .description('make a new secret, shown this once; the old ones sign beside it for a time')
    .argument(...id)
    .option('--keep <SPAN>', 'how long, such as 2h, 7d (14d at most), or 0: not any more', '24h')
    .option(...json)
    .action(async (of: string, options: { keep: string } & Json) => {
      const body = around.usage(() => keptOf(options));
      const path = { id: of };
      const made = await around.connect().call('POST /v1/webhooks/{id}/secret', { path, body });
      if (options.json) printJson(made);
      else process.stdout.write(told(made));
    });
}
