import { randomUUID } from 'node:crypto';
import type { Digest } from '@coroner/schema/http/digest';
import type { Problem } from '@coroner/schema/http/problem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;
const dayMs = 86_400_000;
const to = new Date(Math.floor(Date.now() / 1000) * 1000);
const ago = (days: number) => new Date(to.getTime() - days * dayMs).toISOString();

beforeAll(async () => {
  world = await startStoredApi();
  let pid = 100;
  const die = (host: string, comm: string, days: number, count: number) =>
    world.store(
      host,
      Array.from({ length: count }, () =>
        killed({
          ...{ host, comm, pid: pid++, at: ago(days) },
          killer: {
            pid: 900,
            startUs: 900_000 + pid,
            cmdline: [`zap-${comm}-${days}`],
            user: comm,
          },
        }),
      ),
    );
  await die('web-1', 'nginx', 0.5, 3);
  await die('web-2', '<b>', 0.6, 1);
  await die('web-1', 'nginx', 1.5, 1);
  await die('db-1', 'java', 1.5, 4);
  // The edges: a period has its beginning and not its end.
  await die('edge-1', 'first', 1, 1);
  await die('edge-1', 'last', 0, 1);
});
afterAll(() => world?.stop());

const digest = (from: string, until = to.toISOString()) =>
  world.get<Digest & Problem>(`/v1/digest?from=${from}&to=${until}`);

test('a day against the day before: victims, hosts, causes and incidents with both counts', async () => {
  const { status, body } = await digest(ago(1));
  expect(status).toBe(200);
  expect(body.deaths).toMatchObject({ count: 5, before: 5 });
  // Nobody watched: what is new, or more, cannot be told.
  const state = 'not-known';
  expect(body.watched?.before).toEqual({ share: 0, hosts: 4, throughout: 0 });
  expect(body.victims).toEqual([
    { name: 'nginx', count: 3, before: 1, state },
    { name: '<b>', count: 1, before: 0, state },
    { name: 'first', count: 1, before: 0, state },
  ]);
  expect(body.hosts[0]).toEqual({ name: 'web-1', count: 3, before: 1, state });
  expect(body.users.map(({ name }) => name)).toContain('nginx');
  expect(body.causes).toEqual([{ cause: 'signal-from-process', count: 5, before: 5, state }]);
  expect(body.incidents.count).toBeGreaterThan(0);
});

test('what is open or acknowledged now, newest first; what is resolved is not', async () => {
  const before = (await digest(ago(1))).body.open;
  expect(before.items).toHaveLength(before.count);
  const times = before.items.map(({ lastAt }) => lastAt);
  expect(times).toEqual([...times].sort().reverse());
  const [first, second] = before.items;
  const act = (id: string, kind: string) =>
    world.post(`/v1/incidents/${id}/actions`, { id: randomUUID(), kind });
  await act(first?.id ?? '', 'resolve');
  await act(second?.id ?? '', 'acknowledge');
  const { open } = (await digest(ago(1))).body;
  expect(open.count).toBe(before.count - 1);
  expect(open.items[0]).toMatchObject({ id: second?.id, state: { status: 'acknowledged' } });
});

test('a period without deaths is all zeroes, and a wrong one is refused by its field', async () => {
  const empty = await digest(ago(40), ago(33));
  expect(empty.body).toMatchObject({
    ...{ deaths: { count: 0, before: 0 }, incidents: { count: 0, before: 0 } },
    ...{ victims: [], hosts: [], users: [], causes: [] },
  });
  for (const from of [to.toISOString(), ago(93)]) {
    const { status, body } = await digest(from);
    expect([status, body.field]).toEqual([400, 'from']);
  }
  expect((await world.get<Digest>('/v1/digest')).body.deaths.count).toBeGreaterThan(0);
});
