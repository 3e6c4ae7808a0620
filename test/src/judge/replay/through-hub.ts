import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { hubClient } from '@coroner/schema/client/hub-client';
import type { DeathRow } from '@coroner/schema/http/pages';
import { until } from '../../stack/until.ts';
import type { Recording } from '../recording/recording.ts';
import { announce } from './announce.ts';
import { type Answered, type Answers, answersOf } from './answered.ts';
import { messagesOf } from './messages.ts';

const publishedAtOnce = 64;
const askedAtOnce = 25;
const patienceMs = 300_000;

/**
 * Sends recordings through nats-server to the hub's own process and asks its API about every death.
 * The messages arrive now, as from agents that had been offline.
 */
export async function replayThroughHub(recordings: readonly Recording[]): Promise<Answers> {
  const world = await startWorld();
  let hub: HubProcess | undefined;
  try {
    hub = await startHubProcess(world.nats.url, world.databaseUrl);
    await announce(
      world.pool,
      recordings.flatMap(({ announced }) => announced),
    );
    const sent = recordings.flatMap((recording) => recording.sent);
    await publish(world, sent);
    await untilStored(world, new Set(sent.flatMap(({ event }) => event?.id ?? [])).size);
    return answersOf(await askAll(hub.address));
  } finally {
    await hub?.end('SIGTERM');
    await world.stop();
  }
}

async function publish({ agent }: World, sent: Recording['sent']): Promise<void> {
  const stream = agent.connection.jetstream();
  const messages = messagesOf(sent);
  for (let start = 0; start < messages.length; start += publishedAtOnce)
    await Promise.all(
      messages.slice(start, start + publishedAtOnce).map((message) => {
        const { id: msgID, data } = message.stamped(Date.now());
        return stream.publish(message.subject, data, { msgID });
      }),
    );
}

/** Every event is stored, and every line that may be all that is known of a death was looked at. */
async function untilStored(world: World, events: number): Promise<void> {
  const allStored = async (): Promise<boolean> => {
    const quarantined = await world.rows<{ reason: string }>('select reason from quarantine');
    if (quarantined[0]) throw new Error(`the hub refused a message: ${quarantined[0].reason}`);
    const stored = await world.count(
      `select count(*) from events where source <> 'hub'
       and not exists (select from deaths d where d.id = events.id and d.from_log)`,
    );
    return stored >= events;
  };
  await until(`${events} events are stored`, allStored, patienceMs);
  await until(
    'all hints are looked at',
    async () => (await world.count('select count(*) from death_hints')) === 0,
    patienceMs,
  );
}

async function askAll(address: string): Promise<Answered[]> {
  const hub = hubClient({ url: address, token: testToken });
  const rows: DeathRow[] = [];
  for await (const row of hub.items('GET /v1/deaths')) rows.push(row);
  const answered: Answered[] = [];
  for (let first = 0; first < rows.length; first += askedAtOnce) {
    const answers = rows.slice(first, first + askedAtOnce).map(async ({ id, incidentId }) => ({
      answer: await hub.call('GET /v1/deaths/{id}', { path: { id } }),
      incidentId,
    }));
    answered.push(...(await Promise.all(answers)));
  }
  return answered;
}
