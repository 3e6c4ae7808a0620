import { setTimeout as sleep } from 'node:timers/promises';
import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Delivery, Webhook } from '@coroner/schema/http/webhooks';
import type { Command } from 'commander';
import { exitStatus } from '../exit-status.ts';
import type { Surroundings } from '../lists/commands.ts';
import { limitOf } from '../lists/filters.ts';
import { runList } from '../lists/run-list.ts';
import { table } from '../lists/table.ts';
import { withMatch } from '../match-options.ts';
import { addChangeCommands } from './change-commands.ts';
import { deliveryColumns, webhookColumns } from './columns.ts';
import { type AddOptions, webhookOf } from './new-webhook.ts';
import { told } from './told.ts';

interface Json {
  json?: boolean;
}

const json = ['--json', 'print it as JSON'] as const;
const newest = 100;
const lookEveryMs = 250;
/** Longer than the hub waits for an answer. */
const patienceMs = 30_000;

/** webhooks list, add, edit, enable, disable, rotate, remove, test, deliveries. */
export function addWebhookCommands(program: Command, around: Surroundings): void {
  const print = (text: string) => void process.stdout.write(text);
  const printJson = (value: unknown) => print(`${JSON.stringify(value, null, 2)}\n`);
  const show = (all: readonly Webhook[]) =>
    print(all.length === 0 ? 'No webhook.\n' : table(webhookColumns, all, around.paper()));
  const webhooks = program
    .command('webhooks')
    .description('addresses that incidents are posted to; needs a token of scope admin');
  webhooks
    .command('list', { isDefault: true })
    .description('webhooks, the oldest first, with what waits and what was given up')
    .option(...json)
    .action(async (options: Json) => {
      const { items } = await around.connect().call('GET /v1/webhooks');
      if (options.json) printJson({ items });
      else show(items);
    });
  const add = webhooks
    .command('add')
    .description('post incidents to an address; its secret is shown this once')
    .argument('<NAME>', 'whose, or what for')
    .argument('<URL>', 'https://…');
  withMatch(add)
    .option('--events <LIST>', 'of created, updated, resolved and withdrawn (default: all)')
    .option(...json)
    .action(async (name: string, url: string, options: AddOptions & Json) => {
      const body = around.usage(() => webhookOf(name, url, options));
      const created = await around.connect().call('POST /v1/webhooks', { body });
      if (options.json) printJson(created);
      else print(told(created));
    });
  addChangeCommands(webhooks, around, show);
  webhooks
    .command('remove')
    .description('remove a webhook, with what waits for it')
    .argument('<ID>', 'as list shows it')
    .option(...json)
    .action(async (id: string, options: Json) => {
      const removed = await around.connect().call('DELETE /v1/webhooks/{id}', { path: { id } });
      if (options.json) printJson(removed);
      else show([removed]);
    });
  webhooks
    .command('test')
    .description('send a test message, and tell what became of it; exit status 1: it was not taken')
    .argument('<ID>', 'as list shows it')
    .option(...json)
    .action(async (id: string, options: Json) => {
      const delivery = await tested(around.connect(), id);
      if (options.json) printJson(delivery);
      else print(table(deliveryColumns, [delivery], around.paper()));
      if (delivery.state !== 'delivered') process.exitCode = exitStatus.noSuchDeath;
    });
  webhooks
    .command('deliveries')
    .description('messages to a webhook, the newest first, and what became of them')
    .argument('<ID>', 'as list shows it')
    .option('--state <S>', 'waiting, delivered or failed')
    .option('--limit <N>', 'at most so many', '50')
    .option(...json)
    .action(async (id: string, options: { state?: string; limit: string } & Json) => {
      const limit = around.usage(() => limitOf(options));
      // What is typed is text: the hub names what is wrong with it.
      const query = options.state === undefined ? {} : { state: options.state as 'waiting' };
      const endpoint = 'GET /v1/webhooks/{id}/deliveries';
      const list = { endpoint, columns: deliveryColumns, none: 'No such message.' } as const;
      const wanted = { input: { path: { id }, query }, limit, json: options.json === true };
      await runList(around.connect(), list, wanted, around.paper(), print);
    });
}

/** What became of a test message; `waiting` where no hub has tried it within half a minute. */
async function tested(hub: HubClient, id: string): Promise<Delivery> {
  const path = { id };
  let delivery: Delivery = await hub.call('POST /v1/webhooks/{id}/test', { path });
  const giveUpAtMs = Date.now() + patienceMs;
  while (delivery.state === 'waiting' && Date.now() < giveUpAtMs) {
    await sleep(lookEveryMs);
    const query = { limit: newest };
    const { items } = await hub.call('GET /v1/webhooks/{id}/deliveries', { path, query });
    delivery = items.find((each) => each.id === delivery.id) ?? delivery;
  }
  return delivery;
}
