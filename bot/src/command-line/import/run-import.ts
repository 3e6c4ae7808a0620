import type { HubClient } from '@coroner/schema/client/hub-client';
import { printable } from '@coroner/schema/verdict/words/printable';
import { readEvents } from './read-events.ts';

export interface ImportOptions {
  host: string;
  timeZone?: string;
  form?: string;
  json?: boolean;
}

/** A request stays far below the hub's limits, and its answer comes soon. */
const eventsAtOnce = 200;
const bytesAtOnce = 4 * 1024 * 1024;
const shownRefusals = 5;

interface Sum {
  read: number;
  stored: number;
  repeated: number;
  deaths: number;
  withoutTime: number;
  refused: string[];
}

/** Stores what a file of an evidence source says about a host without an agent. Throws when it cannot be read. */
export async function runImport(
  hub: HubClient,
  format: string,
  file: string,
  { host, timeZone, form, json }: ImportOptions,
  print: (text: string) => void,
): Promise<void> {
  const zone = timeZone === undefined ? [] : ['--time-zone', timeZone];
  const shape = form === undefined ? [] : ['--form', form];
  const sum: Sum = { read: 0, stored: 0, repeated: 0, deaths: 0, withoutTime: 0, refused: [] };
  let waiting: unknown[] = [];
  let bytes = 0;
  const send = async (): Promise<void> => {
    if (waiting.length === 0) return;
    const { stored, repeated, deaths, refused } = await hub.call('POST /v1/events', {
      body: { host, events: waiting },
    });
    sum.stored += stored;
    sum.repeated += repeated;
    sum.deaths += deaths;
    sum.refused.push(...refused);
    waiting = [];
    bytes = 0;
  };
  for await (const event of readEvents([...zone, ...shape, format, file])) {
    sum.read += 1;
    if ((event as { at?: unknown }).at === null) sum.withoutTime += 1;
    waiting.push(event);
    bytes += JSON.stringify(event).length;
    if (waiting.length >= eventsAtOnce || bytes >= bytesAtOnce) await send();
  }
  await send();
  print(json ? `${JSON.stringify({ host, ...sum }, null, 2)}\n` : inWords(host, sum));
}

function inWords(host: string, sum: Sum): string {
  const lines = [
    `${sum.read} events of ${printable(host)}: ${sum.stored} stored, ${sum.repeated} known already; ${sum.deaths} deaths that nothing else tells of.`,
  ];
  if (sum.withoutTime > 0)
    lines.push(`${sum.withoutTime} carry no time: they are kept, and no death is made of them.`);
  if (sum.refused.length > 0) lines.push(`${sum.refused.length} were refused:`);
  for (const reason of sum.refused.slice(0, shownRefusals)) lines.push(`  ${printable(reason)}`);
  return `${lines.join('\n')}\n`;
}
