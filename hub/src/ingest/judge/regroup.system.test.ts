import type { Event } from '@coroner/schema/event/event';
import type { IncidentDetail, IncidentPage, IncidentRow } from '@coroner/schema/http/incidents';
import type { DeathPage } from '@coroner/schema/http/pages';
import type { Alert } from '@coroner/schema/wire/alert';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { alertOf } from '../../alerts/alert.ts';
import { takeDue } from '../../store/incidents/outbox.ts';
import { killed } from '../../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../../testing/stored-api.ts';

let world: StoredApi;
beforeAll(async () => {
  world = await startStoredApi();
});
afterAll(() => world?.stop());

const at = (ms: number): string => new Date(Date.UTC(2026, 7, 1, 3) + ms).toISOString();
const incidents = async (host: string): Promise<IncidentRow[]> =>
  (await world.get<IncidentPage>(`/v1/incidents?host=${host}`)).body.items;
const incident = async (id: string) =>
  (await world.get<IncidentDetail>(`/v1/incidents/${id}`)).body;
const deaths = async (host: string) =>
  (await world.get<DeathPage>(`/v1/deaths?host=${host}`)).body.items;

/** All alerts that are due, as sent. */
async function sent(): Promise<Alert[]> {
  const due = await takeDue(world.pool);
  const alerts = await Promise.all(due.map((one) => alertOf(world.pool, one)));
  const ids = alerts.map(({ incidentId }) => incidentId);
  await world.pool.query('delete from outbox where incident_id = any($1)', [ids]);
  // Long enough ago for the next to be due at once.
  const told = `update incidents set published_at = now() - interval '1 minute'`;
  await world.pool.query(`${told} where id = any($1)`, [ids]);
  return alerts;
}

let ids = 0;
const auditKill = (ms: number, senderPid: number, targetPid: number): Event => {
  ids += 1;
  return {
    ...{ kind: 'kill-syscall', id: `audit-record-${ids}`, source: 'audit', at: at(ms) },
    ...{ signal: 'SIGKILL', senderPid, senderComm: 'kill', targetPid, success: true },
  };
};
/** The ring overflowed: that it ended is on record, and not who did it. */
const unsigned = { signals: [], signalsLost: 1 };

test('an accusation that later evidence withdraws is no incident, and whoever was told hears so', async () => {
  const death = killed({ host: 'w', pid: 7, comm: 'etl', at: at(0), more: unsigned });
  await world.store('w', [death, auditKill(-1, 901, 7)]);
  const [opened] = await incidents('w');
  expect(opened).toMatchObject({ deaths: 1, cause: 'signal-from-process' });
  expect(await sent()).toMatchObject([{ incidentId: opened?.id }]);

  await world.store('w', [auditKill(1, 902, 7)]);
  expect(await incidents('w')).toEqual([]);
  expect(await deaths('w')).toMatchObject([{ cause: 'unknown', incidentId: null }]);
  expect(await incident(opened?.id ?? '')).toMatchObject({ deaths: 0, withdrawn: true });
  const [correction, ...others] = await sent();
  expect(others).toEqual([]);
  expect(correction).toMatchObject({ incidentId: opened?.id, withdrawn: true });
  expect(correction?.title).toMatch(/^withdrawn: /);
  expect(correction?.answer).toMatchObject({ actor: null, verdict: { cause: 'unknown' } });
});

test('an alert that nobody has seen is not sent when the accusation is withdrawn', async () => {
  const death = killed({ host: 'u', pid: 7, comm: 'etl', at: at(0), more: unsigned });
  await world.store('u', [death, auditKill(-1, 901, 7)]);
  await world.store('u', [auditKill(1, 902, 7)]);
  expect(await sent()).toEqual([]);
});

test('a death that is taken out of an incident leaves the others in it, with their first', async () => {
  const first = killed({ host: 'o', pid: 7, comm: 'etl', at: at(0), more: unsigned });
  const second = killed({ host: 'o', pid: 8, comm: 'etl', at: at(900), more: unsigned });
  await world.store('o', [first, second, auditKill(-1, 901, 7), auditKill(899, 901, 8)]);
  expect(await incidents('o')).toMatchObject([{ deaths: 2, deathId: first.id }]);
  await world.store('o', [auditKill(1, 902, 7)]);
  expect(await incidents('o')).toMatchObject([
    { deaths: 1, deathId: second.id, firstAt: expect.stringContaining('03:00:00.9') },
  ]);
});

test('people whom only a missing address had joined are parted when their logins are told', async () => {
  const by = (host: string, pid: number, ms: number) =>
    killed({
      ...{ host, pid, comm: 'java', at: at(ms) },
      killer: {
        ...{ pid: 500, startUs: pid, user: 'root', auditUser: 'deploy', auditSession: 7 },
        cmdline: ['pkill', 'java'],
        ancestry: [{ pid: 880, comm: 'sshd' }],
      },
    });
  const login = (host: string, from: string): Event => ({
    ...{ kind: 'login', id: `login-on-${host}`, source: 'wtmp', at: at(-60_000) },
    ...{ user: 'deploy', from, tty: 'pts/2', pid: 880 },
  });
  const [one, other] = [by('p1', 1, 0), by('p2', 2, 5_000)];
  await world.store('p1', [one]);
  await world.store('p2', [other]);
  expect(await incidents('p1')).toMatchObject([{ deaths: 2, hosts: ['p1', 'p2'] }]);
  await sent();

  await world.store('p1', [login('p1', '10.0.0.5')]);
  await world.store('p2', [login('p2', '10.0.0.6')]);
  const [mine] = await incidents('p1');
  const [theirs] = await incidents('p2');
  expect([mine, theirs]).toMatchObject([
    { deaths: 1, hosts: ['p1'], deathId: one.id },
    { deaths: 1, hosts: ['p2'], deathId: other.id },
  ]);
  expect((await sent()).map(({ deaths: count }) => count)).toEqual([1, 1]);
});

test("a death whose record names another person moves to that person's incident", async () => {
  const reported = (pid: number, ms: number): Event => ({
    ...{ kind: 'reported-end', id: `end-of-${pid}-of-q`, source: 'journal', at: at(ms) },
    ...{ reporter: 'supervisord', pid, comm: 'queue', signal: 'SIGKILL' },
  });
  const alices = (pid: number, comm: string, ms: number) =>
    killed({ host: 'q', pid, comm, at: at(ms), killer: { startUs: 3 } });
  await world.store('q', [
    ...[reported(21, 0), auditKill(-1, 901, 21)],
    ...[reported(22, 10), auditKill(9, 901, 22)],
    alices(23, 'nano', 5_000),
  ]);
  await world.lookForLogDeaths();
  const before = await incidents('q');
  expect(before.map(({ deaths: count }) => count).sort()).toEqual([1, 2]);
  const bobs = before.find(({ deaths: count }) => count === 2);

  await world.store('q', [alices(21, 'queue', 0)]);
  expect((await deaths('q')).map(({ pid }) => pid).sort()).toEqual([21, 22, 23]);
  const after = await incidents('q');
  expect(after).toHaveLength(2);
  expect(after.find(({ id }) => id === bobs?.id)).toMatchObject({ deaths: 1 });
  const hers = after.find(({ id }) => id !== bobs?.id);
  expect(hers).toMatchObject({ deaths: 2, title: expect.stringContaining('alice') });
  const members = (await incident(hers?.id ?? '')).members.map(({ pid }) => pid);
  expect(members.sort()).toEqual([21, 23]);
});

test("a fault line with a thread's number is the crash that the probe records later", async () => {
  const host = 'php';
  const line: Event = {
    ...{ kind: 'crash', id: 'fault-of-a-thread', source: 'kmsg', at: at(0) },
    ...{ pid: 9_004, comm: 'php-fpm', trap: 'segfault', address: '10' },
  };
  await world.store(host, [line]);
  await world.lookForLogDeaths();
  const [alone] = await incidents(host);
  expect(alone).toMatchObject({ deaths: 1, cause: 'crash' });
  await sent();

  const own = {
    info: 'user' as const,
    code: 1,
    group: false,
    currentIsVictim: true,
    current: null,
  };
  const death = killed({ host, pid: 4_004, comm: 'php-fpm', at: at(20) });
  const signals = death.signals.map((signal) => ({ ...signal, ...own, signal: 'SIGSEGV' }));
  const exit = { code: null, signal: 'SIGSEGV', coreDumped: true };
  await world.store(host, [{ ...death, signals, exit, threads: 9 }]);
  expect((await deaths(host)).map(({ pid }) => pid)).toEqual([4_004]);
  expect(await incidents(host)).toMatchObject([{ id: alone?.id, deaths: 1, deathId: death.id }]);
  expect(await sent()).toMatchObject([{ incidentId: alone?.id, deaths: 1 }]);
});
