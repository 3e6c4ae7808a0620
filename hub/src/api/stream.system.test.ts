import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hub } from '../main.ts';
import { killed } from '../testing/deaths.ts';
import { startTestHub, testToken } from '../testing/hub.ts';
import { until } from '../testing/until.ts';
import { startWorld, type World } from '../testing/world.ts';

let world: World;
let hub: Hub;

beforeAll(async () => {
  world = await startWorld();
  hub = await startTestHub(world.nats.url, world.databaseUrl);
});
afterAll(async () => {
  await hub?.stop();
  await world?.stop();
});

interface Heard {
  event: string;
  id: string;
  data: { id?: string; title?: string };
}

/** A subscriber: what it heard so far, comments and positions left out. */
async function listen(lastEventId?: string, query = '') {
  const stopping = new AbortController();
  const headers: Record<string, string> = { authorization: `Bearer ${testToken}` };
  if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
  const response = await fetch(new URL(`/v1/stream${query}`, hub.address), {
    headers,
    signal: stopping.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => {
    // Stopped below.
  });
  await until(
    () => text,
    (heard) => heard.includes('listening'),
  );
  return {
    heard: () => read(text).filter(({ event }) => event !== 'position'),
    position: () => read(text).find(({ event }) => event === 'position')?.id,
    async stop() {
      stopping.abort();
      await reading;
    },
  };
}

const read = (text: string): Heard[] =>
  [...text.matchAll(/event: (\w+)\n(?:id: (\d+)\n)?data: (.*)\n\n/g)].map(
    ([, event = '', id = '', data = '']) => ({ event, id, data: JSON.parse(data) }),
  );

const kill = (pid: number, user = 'fay') =>
  killed({ host: 'streamed', pid, killer: { user, startUs: pid } });
const publish = (pid: number) => world.agent.publish('streamed', [kill(pid)]);
const deathIds = (heard: Heard[]) =>
  heard.filter(({ event }) => event === 'death').map(({ data }) => data.id);

test('the stream tells of deaths and incidents, and goes on where a reader left', async () => {
  const first = await listen();
  await publish(71);
  const [, incident] = await until(
    () => first.heard(),
    (heard) => heard.length === 2,
  );
  expect(deathIds(first.heard())).toEqual([kill(71).id]);
  expect(incident?.data.title).toContain('(fay)');
  await first.stop();

  for (const pid of [72, 73, 74]) await publish(pid);
  await until(
    () => world.count('select count(*) from deaths'),
    (count) => count === 4,
  );
  const second = await listen(first.heard().at(-1)?.id);
  await publish(75);
  await until(
    () => deathIds(second.heard()),
    (ids) => ids.length === 4,
  );
  expect(deathIds(second.heard()).sort()).toEqual(
    [72, 73, 74, 75].map((pid) => kill(pid).id).sort(),
  );
  const seqs = second.heard().map(({ id }) => Number(id));
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  await second.stop();
});

test('who heard nothing yet knows where it stands', async () => {
  const first = await listen();
  const position = await until(first.position, (id) => id !== undefined);
  await first.stop();
  await publish(81);
  const second = await listen(position);
  await until(
    () => deathIds(second.heard()),
    (ids) => ids.length === 1,
  );
  expect(deathIds(second.heard())).toEqual([kill(81).id]);
  await second.stop();
});

test('a reader hears of what it asked for alone, in order', async () => {
  const queries = [
    ...['?only=incident', '?host=streamed', '?user=gus&only=death', '?process=nginx&only=death'],
    ...['?cause=crash', '?state=resolved&only=incident', '?host=nowhere'],
  ];
  const all = await listen();
  const readers = await Promise.all(queries.map((query) => listen(undefined, query)));
  await world.agent.publish('streamed', [kill(91, 'gus'), kill(92, 'hal')]);
  const resolved = await until(
    () => all.heard().filter(({ event }) => event === 'incident'),
    (incidents) => incidents.length >= 2,
  );
  await world.agent.publish('streamed', [kill(93, 'gus')]);
  await until(
    () => deathIds(all.heard()),
    (ids) => ids.length === 3,
  );
  const [incidents, host, gus, nginx, ...none] = readers;
  await until(
    () => [host, nginx].map((reader) => deathIds(reader?.heard() ?? []).length),
    (counts) => counts.every((count) => count === 3),
  );
  await until(
    () => deathIds(gus?.heard() ?? []),
    (ids) => ids.length === 2,
  );
  expect(deathIds(gus?.heard() ?? [])).toEqual([kill(91, 'gus').id, kill(93, 'gus').id]);
  await until(
    () => incidents?.heard().length ?? 0,
    (count) => count >= resolved.length,
  );
  expect(new Set(incidents?.heard().map(({ event }) => event))).toEqual(new Set(['incident']));
  expect(none.map((reader) => reader.heard())).toEqual([[], [], []]);
  for (const reader of [all, ...readers]) await reader.stop();
});

test('a filter that there is not is refused by its name', async () => {
  const response = await fetch(new URL('/v1/stream?cause=boredom', hub.address), {
    headers: { authorization: `Bearer ${testToken}` },
  });
  expect(await response.json()).toMatchObject({ status: 400, field: 'cause' });
});

test('who was away for longer than changes are kept is told so', async () => {
  await world.rows('delete from changes where seq < (select max(seq) from changes)');
  const late = await listen('1');
  await until(
    () => late.heard(),
    (heard) => heard.length >= 1,
  );
  expect(late.heard()[0]).toMatchObject({ event: 'missed', data: { after: '1' } });
  await late.stop();
});

test('an id that is none of ours is refused', async () => {
  const response = await fetch(new URL('/v1/stream', hub.address), {
    headers: { authorization: `Bearer ${testToken}`, 'last-event-id': 'x' },
  });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ field: 'last-event-id' });
});
