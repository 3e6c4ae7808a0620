import { randomUUID } from 'node:crypto';
import type { ActionResult } from '@coroner/schema/http/actions';
import type { ExpectedRule } from '@coroner/schema/http/expected';
import type { IncidentDetail, IncidentPage } from '@coroner/schema/http/incidents';
import type { Problem } from '@coroner/schema/http/problem';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actionsSection } from '../pages/views/actions.ts';
import { incidentsById, listIncidents } from '../store/lists/list-incidents.ts';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';
import { until } from '../testing/until.ts';
import { startWaking } from './wake.ts';

let world: StoredApi;
let incidents = 0;

beforeAll(async () => {
  world = await startStoredApi();
});
afterAll(() => world?.stop());

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
const alice = { name: 'alice <b>', slackUser: 'UALICE' };

/** Victims of a command that nobody else uses, so that they are an incident of their own. */
async function incident() {
  incidents += 1;
  const number = incidents;
  const user = `user-${number}`;
  const killer = { pid: 900 + number, startUs: 900_000 + number, user, cmdline: [`zap-${number}`] };
  let pid = number * 1000;
  const die = (host = 'web-3', more = 1) =>
    world.store(
      host,
      Array.from({ length: more }, () =>
        killed({ host, pid: pid++, comm: `nginx-${number}`, killer }),
      ),
    );
  await die();
  const { rows } = await world.pool.query<{ id: string }>(
    'select incident_id as id from deaths where pid = $1',
    [number * 1000],
  );
  const id = rows[0]?.id ?? '';
  const url = `/v1/incidents/${id}`;
  return {
    id,
    die,
    act: <Body = ActionResult>(action: object) =>
      world.post<Body>(`${url}/actions`, { id: randomUUID(), ...action }),
    detail: async () => (await world.get<IncidentDetail>(url)).body,
    waits: async () =>
      (await world.pool.query('select revision from outbox where incident_id = $1', [id])).rows,
  };
}

test('an acknowledgement is done once by its id, told to everybody, and kept with who and when', async () => {
  const { act, detail, waits } = await incident();
  const before = await detail();
  expect(before.state).toEqual({ status: 'open', action: null });
  const id = randomUUID();
  const [one, two] = await Promise.all(
    [1, 2].map(() => act({ id, kind: 'acknowledge', by: alice, note: 'looking' })),
  );
  expect(one).toEqual(two);
  expect(one).toMatchObject({ status: 200, body: { state: { status: 'acknowledged' } } });
  const after = await detail();
  expect(after.actions).toHaveLength(1);
  expect(after.actions?.[0]).toMatchObject({
    ...{ id, kind: 'acknowledge', note: 'looking' },
    by: { ...alice, token: 'environment' },
  });
  expect(after.revision).toBe(before.revision + 1);
  expect(await waits()).toEqual([{ revision: after.revision }]);
});

test('of two who acknowledge at once the second hears who was first', async () => {
  const { act } = await incident();
  const both = await Promise.all(
    ['alice', 'bob'].map((name) =>
      act<ActionResult & Problem>({ kind: 'acknowledge', by: { name } }),
    ),
  );
  const [first] = both.filter(({ status }) => status === 200);
  const [second] = both.filter(({ status }) => status === 409);
  expect(second?.body.detail).toContain(`by ${first?.body.action.by.name} at `);
});

test('what is resolved opens again when it grows, and says why', async () => {
  const { act, die, detail } = await incident();
  await act({ kind: 'resolve', by: alice });
  await die();
  const { state, actions } = await detail();
  expect(state?.status).toBe('open');
  expect(actions?.at(-1)).toMatchObject({
    ...{ kind: 'reopen', note: '1 more process died after it was resolved' },
    by: { name: 'Coroner', slackUser: null, token: null },
  });
});

test('a snooze survives a few deaths and ends with another host', async () => {
  const { act, die, detail } = await incident();
  await act({ kind: 'snooze', until: inAnHour() });
  await die('web-3', 5);
  expect((await detail()).state?.status).toBe('snoozed');
  await die('web-4');
  expect(await detail()).toMatchObject({ deaths: 7, state: { status: 'open' } });
});

test('a snooze ends when its time is over, and is told', async () => {
  const { id, act, detail, waits } = await incident();
  await act({ kind: 'snooze', until: inAnHour() });
  const { revision } = await detail();
  await world.pool.query('update incident_states set until_at = now() where incident_id = $1', [
    id,
  ]);
  const waking = [1, 2].map(() => startWaking(world.pool, pino({ level: 'silent' })));
  await until(detail, ({ state }) => state?.status === 'open');
  await Promise.all(waking.map((each) => each.stop()));
  // Read anew: the row and the state of an incident are two reads.
  const after = await detail();
  expect(after.actions?.map(({ kind, note }) => [kind, note])).toEqual([
    ['snooze', null],
    ['reopen', 'the snooze is over'],
  ]);
  expect(after.revision).toBe(revision + 1);
  expect(await waits()).toEqual([{ revision: revision + 1 }]);
});

test('what is marked as expected makes a rule: the like of it is quiet, anything else is not', async () => {
  const { act, die, detail, id } = await incident();
  const done = await act({ kind: 'expect', by: alice, note: 'release 42', until: inAnHour() });
  expect(done.body.state.status).toBe('expected');
  const rules = await world.get<{ items: ExpectedRule[] }>('/v1/expected');
  expect(rules.body.items).toMatchObject([
    { ...{ reason: 'release 42', author: 'alice <b>', host: 'web-3' }, by: 'user-6' },
  ]);
  await world.pool.query('delete from outbox');
  await die();
  expect((await detail()).state?.status).toBe('expected');
  const { rows } = await world.pool.query('select from outbox where incident_id = $1', [id]);
  expect(rows).toEqual([]);
  await die('web-9');
  expect(await detail()).toMatchObject({ deaths: 3, state: { status: 'open' } });
});

test('lists have the incidents of one state, with who led there', async () => {
  const [one, other, third] = [await incident(), await incident(), await incident()];
  await one.act({ kind: 'acknowledge', by: alice });
  await other.act({ kind: 'resolve', by: alice });
  const listed = async (state: string) => {
    const { status, body } = await world.get<IncidentPage>(`/v1/incidents?state=${state}`);
    expect(status).toBe(200);
    expect(body.items.every((row) => row.state?.status === state)).toBe(true);
    return body.items;
  };
  const ids = (items: IncidentPage['items']) => items.map(({ id }) => id);
  expect(ids(await listed('open'))).toContain(third.id);
  expect(ids(await listed('open'))).not.toContain(one.id);
  const seen = (await listed('acknowledged')).find(({ id }) => id === one.id);
  expect(seen?.state?.action).toMatchObject({ kind: 'acknowledge', by: alice });
  expect(ids(await listed('resolved'))).toContain(other.id);
  await other.die();
  expect(ids(await listed('open'))).toContain(other.id);
  expect(ids(await listed('resolved'))).not.toContain(other.id);
  expect((await world.get<Problem>('/v1/incidents?state=closed')).body.field).toBe('state');
  const page = await world.api.inject({
    url: '/?state=acknowledged',
    headers: { cookie: 'coroner=secret-of-this-test' },
  });
  expect(page.body).toContain('acknowledged by alice &lt;b&gt;');
  expect(page.body).not.toContain(third.id);
});

test('a page shows what was done, as text', async () => {
  const { act, detail } = await incident();
  await act({ kind: 'note', by: alice, note: '<script>alert(1)</script>' });
  const page = String(actionsSection(await detail()));
  expect(page).toContain('&lt;script&gt;');
  expect(page).toContain('alice &lt;b&gt;');
  expect(page).not.toContain('<script>');
});

test.each<[string, object]>([
  ['kind', { kind: 'forgive' }],
  ['id', { id: 'x', kind: 'acknowledge' }],
  ['until', { kind: 'snooze' }],
  ['until', { kind: 'snooze', until: '2020-01-01T00:00:00Z' }],
  ['until', { kind: 'snooze', until: '2199-01-01T00:00:00Z' }],
  ['note', { kind: 'expect', until: new Date(Date.now() + 60_000).toISOString() }],
  ['note', { kind: 'note', note: 'a\0b' }],
  ['by.slackUser', { kind: 'acknowledge', by: { name: 'x', slackUser: '<!channel>' } }],
])('an action with a wrong %s is refused: %j', async (field, action) => {
  const { act } = await incident();
  const { status, body } = await act<Problem>(action);
  expect([status, body.field]).toEqual([400, field]);
});

test('an incident that is not there, and an id of another action', async () => {
  const id = randomUUID();
  const body = { id, kind: 'acknowledge' };
  expect((await world.post('/v1/incidents/none/actions', body)).status).toBe(404);
  const [one, other] = [await incident(), await incident()];
  expect((await one.act(body)).status).toBe(200);
  expect((await other.act(body)).status).toBe(409);
  expect((await one.act({ id, kind: 'resolve' })).status).toBe(409);
});

test('a list of one state has incidents of that state alone, though somebody acts while it is read', async () => {
  const { id, act } = await incident();
  let acted: Promise<unknown> | undefined;
  const meanwhile = Object.create(world.pool, {
    query: {
      value: async (...asked: [never]) => {
        const read = await world.pool.query(...asked);
        acted ??= act({ kind: 'acknowledge' });
        await acted;
        return read;
      },
    },
  });
  const rows = await listIncidents(meanwhile, { state: 'open', limit: 500 }, null);
  expect(rows.find((row) => row.id === id)?.state).toEqual({ status: 'open', action: null });
  const [after] = await incidentsById(world.pool, [id]);
  expect(after?.state).toMatchObject({ status: 'acknowledged', action: { kind: 'acknowledge' } });
});
