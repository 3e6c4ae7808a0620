import type { HubClient } from '@coroner/schema/client/hub-client';
import { printable } from '@coroner/schema/verdict/words/printable';
import { localTime } from '../../terminal/plain-words.ts';
import type { Paper } from '../../terminal/print-reply.ts';

const mostHosts = 1_000;
const namedHosts = 10;

/** The hub, its hosts, and the last day in a few lines. Returns whether the hub can do its work. */
export async function runStatus(
  hub: HubClient,
  json: boolean,
  paper: Paper,
  print: (text: string) => void,
): Promise<boolean> {
  const ready = await hub.call('GET /readyz');
  const hosts = await hub.call('GET /v1/hosts', { query: { limit: mostHosts } });
  const day = await hub.call('GET /v1/stats');
  const withAgent = hosts.items.filter((host) => host.lastSeenAt !== null);
  const silent = withAgent.filter((host) => host.silent);
  if (json) {
    const summary = {
      ready,
      hosts: withAgent.length,
      silent: silent.map(({ host }) => host),
      day,
    };
    print(`${JSON.stringify(summary, null, 2)}\n`);
    return ready.troubles.length === 0;
  }
  const more = hosts.next === null ? '' : ' or more';
  print(
    `Hub      ${ready.troubles.length === 0 ? 'ready' : ready.troubles.map(printable).join('; ')}\n`,
  );
  print(`Hosts    ${withAgent.length}${more}, ${silent.length} silent\n`);
  for (const { host, lastSeenAt, state } of silent.slice(0, namedHosts))
    print(
      `         ${printable(host)}: ${state ? printable(state.text) : lastSeenAt ? `silent since ${localTime(lastSeenAt, paper.timezone)}` : 'never heard'}\n`,
    );
  print(`Last day ${day.total} deaths\n`);
  for (const { cause, count } of day.causes) print(`         ${count} ${cause}\n`);
  return ready.troubles.length === 0;
}
