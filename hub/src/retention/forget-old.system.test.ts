import type { Answer } from '@coroner/schema/http/answer';
import type { IncidentDetail, IncidentPage } from '@coroner/schema/http/incidents';
import { pino } from 'pino';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { aloneForgetting } from '../store/retention/forget.ts';
import type { Retention } from '../store/retention/retention.ts';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';
import { forgetIfSteady, forgetOld } from './forget-old.ts';

let world: StoredApi;
const keep: Retention = { events: 90, deaths: 400, quarantine: 30, access: 90, deliveries: 30 };

beforeEach(async () => {
  await world?.stop();
  world = await startStoredApi();
});
afterAll(() => world?.stop());

const count = async (from: string): Promise<number> =>
  (await world.pool.query<{ n: number }>(`select count(*)::integer as n from ${from}`)).rows[0]
    ?.n ?? 0;

/** As if all that is stored had been stored so many days ago, with all its times. */
async function age(days: number): Promise<void> {
  const ago = `interval '${days} days'`;
  await world.pool.query(`
    update events set at = at - ${ago}, received_at = received_at - ${ago};
    update deaths set died_at = died_at - ${ago}, stored_at = stored_at - ${ago};
    update incidents set first_at = first_at - ${ago}, last_at = last_at - ${ago};`);
}

async function forget(how: Partial<Retention> = {}): Promise<Record<string, number>> {
  const forgotten: Record<string, number> = {};
  await forgetOld({
    ...{ pool: world.pool, keep: { ...keep, ...how }, log: pino({ level: 'silent' }) },
    onForgotten: (what, rows) => {
      forgotten[what] = (forgotten[what] ?? 0) + rows;
    },
  });
  return forgotten;
}

const login = {
  ...{ kind: 'login' as const, source: 'wtmp' as const, id: 'login-of-alice' },
  ...{ user: 'alice', tty: 'pts/2', from: '10.0.0.5', pid: 900, at: new Date().toISOString() },
};
const crash = {
  ...{ kind: 'crash' as const, source: 'kmsg' as const, id: 'a-fault-line' },
  ...{ pid: 4121, comm: 'nginx', trap: 'segfault', at: new Date().toISOString() },
};

test('what was observed goes first; the death is answered as before, and says what is gone', async () => {
  const death = killed();
  await world.store('web-3', [login, crash, death]);
  const before = await world.get<Answer>('/v1/why?process=nginx');
  await age(90);
  expect(await forget()).toEqual({ 'death-records': 1 });
  await age(1);
  expect(await forget()).toEqual({ events: 1 });
  const after = await world.get<Answer>('/v1/why?process=nginx');
  expect(after.body.verdict).toEqual(before.body.verdict);
  expect(after.body.actor).toEqual(before.body.actor);
  expect(before.body.gaps.join()).not.toContain('no longer stored');
  expect(after.body.gaps.join()).toMatch(/\d of the \d events that are cited here are no longer/);
  const { incidentId } = after.body.related;
  for (const of of [`deaths/${death.id}`, `incidents/${incidentId}`, 'hosts/web-3/timeline'])
    expect(await world.get(`/v1/${of}`)).toMatchObject({ status: 200 });
  expect(await world.get('/v1/logins?user=alice')).toMatchObject({ body: { items: [{}] } });
});

test('later evidence judges no death anew whose record is gone', async () => {
  await world.store('web-3', [killed()]);
  await age(91);
  await forget();
  const { body } = await world.get<Answer>('/v1/why?process=nginx');
  await world.store('web-3', [{ ...crash, at: body.death.diedAt }]);
  const later = await world.get<Answer>('/v1/why?process=nginx');
  expect(later.body.verdict).toEqual(body.verdict);
  expect(later.body.revision).toBe(1);
});

test('a death goes with its incident and its revisions, and not before its incident is over', async () => {
  await world.store('web-3', [killed({ pid: 1 }), killed({ pid: 2 })]);
  const { body } = await world.get<IncidentPage>('/v1/incidents');
  expect(body.items).toHaveLength(1);
  await world.pool.query(`insert into death_revisions select id, 0, answer from deaths`);
  await age(401);
  await world.pool.query(`update incidents set last_at = now()`);
  expect(await forget()).not.toHaveProperty('deaths');
  await world.pool.query(`update incidents set last_at = now() - interval '401 days'`);
  expect(await forget()).toMatchObject({ deaths: 2, incidents: 1 });
  for (const table of ['deaths', 'death_revisions', 'incidents', 'incident_keys'])
    expect(await count(table)).toBe(0);
});

test('an incident whose first death is gone shows one that is left', async () => {
  await world.store('web-3', [killed({ pid: 1 }), killed({ pid: 2 })]);
  const { body } = await world.get<IncidentPage>('/v1/incidents');
  const [incident] = body.items;
  await world.pool.query('delete from deaths where id = $1', [incident?.deathId]);
  const detail = await world.get<IncidentDetail>(`/v1/incidents/${incident?.id}`);
  expect(detail.body.members).toHaveLength(1);
  expect(detail.body.answer.death.id).toBe(detail.body.members[0]?.id);
});

test('what is old by a wrong clock, or imported from an old log, is kept as long as all else', async () => {
  await world.store('web-3', [killed({ more: { at: '1970-01-02T00:00:00Z' } })]);
  await world.post('/v1/events', {
    host: 'old-1',
    events: [{ ...crash, at: '2019-05-01T00:00:00Z' }],
  });
  await world.lookForLogDeaths();
  expect(await count('deaths')).toBe(2);
  expect(await forget()).toEqual({});
});

test('a crontab line that stands is kept, an older reading of it is not', async () => {
  const line = {
    ...{ kind: 'cron-job' as const, source: 'crontab' as const, file: '/etc/crontab', line: 3 },
    ...{ user: 'root', schedule: '0 3 * * *', command: 'cleanup', nextRun: null },
  };
  const at = (minute: number) => new Date(Date.now() - minute * 60_000).toISOString();
  await world.store('web-3', [
    { ...line, id: 'line-read-first', at: at(2) },
    { ...line, id: 'line-read-again', at: at(1) },
    { ...line, id: 'another-line-3', file: '/etc/cron.d/x', at: at(2) },
  ]);
  await age(500);
  expect(await forget()).toEqual({ 'told-once': 1 });
  const { rows } = await world.pool.query<{ id: string }>('select id from events order by id');
  expect(rows.map(({ id }) => id)).toEqual(['another-line-3', 'line-read-again']);
});

test('0 keeps for ever; more than one batch goes in one run', async () => {
  await world.pool.query(`
    insert into events (id, host, boot_id, kind, source, at, body, received_at)
    select 'e' || n, 'web-3', 'b', 'unit', 'journal', now(), '{}', now() - interval '92 days'
    from generate_series(1, 5000) n;
    insert into quarantine (id, subject, reason, payload, payload_bytes, received_at)
    values ('q', 's', 'r', '', 0, now() - interval '31 days');
    insert into sign_in_links values ('c', 'n', '/', 't', now() - interval '91 days');
    insert into webhook_deliveries (id, webhook_id, event, body, created_at, due_at)
    values ('m', 'w', 'webhook.test', '{}', now() - interval '31 days', now());
    insert into api_tokens (id, secret_hash, name, scope, created_by, expires_at)
    values ('over', '', '', 'read', '', now() - interval '91 days'),
           ('valid', '', '', 'read', '', null);`);
  const never = { events: 0, deaths: 0, quarantine: 0, access: 0, deliveries: 0 };
  expect(await forget(never)).toEqual({});
  expect(await forget()).toEqual({
    ...{ events: 5000, quarantine: 1, tokens: 1, 'sign-in-links': 1, 'webhook-deliveries': 1 },
  });
  expect(await count('api_tokens')).toBe(1);
});

test('by a clock that was set forward nothing is old, until it has gone on for a day', async () => {
  const options = { pool: world.pool, keep, log: pino({ level: 'silent' }), onForgotten: () => {} };
  const look = () => forgetIfSteady(options);
  /** As if it had been so since then. */
  const ago = (column: 'seen_at' | 'since', time: string) =>
    world.pool.query(`update steady_clock set ${column} = now() - $1::interval`, [time]);
  await world.store('web-3', [login]);
  expect(await look()).toBe(true);
  await age(100);
  await ago('seen_at', '100 days');
  expect(await look()).toBe(false);
  expect(await look()).toBe(false);
  expect(await count('events')).toBe(1);
  await ago('seen_at', '-2 hours');
  await ago('since', '25 hours');
  expect(await look()).toBe(false);
  await ago('since', '25 hours');
  expect(await look()).toBe(true);
  expect(await count('events')).toBe(1);
  await age(400);
  expect(await look()).toBe(true);
  expect(await count('events')).toBe(0);
});

test('one hub forgets at a time', async () => {
  const options = { pool: world.pool, keep, log: pino({ level: 'silent' }), onForgotten: () => {} };
  expect(await aloneForgetting(world.pool, () => forgetOld(options))).toBe(false);
  expect(await forgetOld(options)).toBe(true);
});
