import type { Event } from '@coroner/schema/event/event';
import type { HostMoment } from '@coroner/schema/http/host-moment';
import type { Problem } from '@coroner/schema/http/problem';
import { stableId } from '@coroner/schema/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;
const at = (time: string) => `2026-11-20T${time}.000Z`;
const event = (facts: Record<string, unknown>): Event =>
  ({ source: 'log', id: stableId('moment', JSON.stringify(facts)), ...facts }) as Event;
const run = (time: string, command: string, pid: number | null = null): Event =>
  event({ kind: 'cron-run', at: at(time), user: 'root', pid, command });

/** The end of a process that began then, by a process that began then. */
function death(comm: string, pid: number, began: string, ended: string, by?: [number, string]) {
  const dies = killed({ host: 'web-1', comm, pid, at: at(ended) });
  const startUsOf = (time: string) =>
    (dies.bootUs ?? 0) - (Date.parse(at(ended)) - Date.parse(at(time))) * 1000;
  const [signal] = dies.signals;
  if (!signal) throw new Error('a kill has a signal');
  const current = by
    ? {
        ...{
          pid: by[0],
          comm: 'reaper',
          cmdline: ['reaper', '--all'],
          user: 'deploy',
          ancestry: [],
        },
        ...{ startUs: startUsOf(by[1]), startedAt: at(by[1]) },
      }
    : signal.current;
  return {
    ...dies,
    victim: { ...dies.victim, startUs: startUsOf(began), startedAt: at(began) },
    signals: [{ ...signal, current }],
  } as Event;
}

beforeAll(async () => {
  world = await startStoredApi();
  await world.store('web-1', [
    event({ kind: 'login', at: at('01:00:00'), user: 'alice', pid: 880, tty: 'pts/2' }),
    event({ kind: 'login', at: at('01:30:00'), user: 'bob', pid: 990, tty: 'pts/3' }),
    event({ kind: 'logout', at: at('02:30:00'), user: 'bob', pid: 990, tty: 'pts/3' }),
    // Began an hour before and died an hour after; one that was over; one that came later.
    run('02:00:00', 'long', 500),
    death('long', 500, '02:00:00', '04:00:00', [700, '02:50:00']),
    run('02:56:00', 'short', 501),
    death('short', 501, '02:56:00', '02:58:00'),
    run('02:59:00', 'silent'),
    run('02:30:00', 'long ago'),
    run('03:01:00', 'later'),
    death('later', 502, '03:01:00', '04:00:00', [701, '03:30:00']),
    // Its start is dated anew by each record, and differs by what the clock was slewed.
    death('nginx', 80, '00:00:00', '05:00:00', [700, '02:50:01']),
    death('reaper', 701, '03:30:01', '05:00:00'),
    event({ kind: 'unit', at: at('02:57:00'), unit: 'a\n\u001b[2Jb.service', state: 'started' }),
  ]);
  await world.pool.query(
    `insert into hosts (host, last_seen_at, heartbeat_at) values ('web-1', now(), now())
     on conflict (host) do update set last_seen_at = now(), heartbeat_at = now()`,
  );
  await world.pool.query(
    `insert into host_watches (host, since, sources) values ('web-1', $1, $2)`,
    [
      at('00:30:00'),
      JSON.stringify([
        { source: 'probe', state: 'available', why: '' },
        { source: 'audit', state: 'missing', why: 'auditd is not there' },
      ]),
    ],
  );
});
afterAll(() => world?.stop());

const moment = (time: string, host = 'web-1') =>
  world.get<HostMoment & Problem>(`/v1/hosts/${host}/at?time=${at(time)}`);

test('who was logged in, which runs went on, what is known to have run, what happened', async () => {
  const { status, body } = await moment('03:00:00');
  expect(status).toBe(200);
  expect(body.loggedIn.map(({ user }) => user)).toEqual(['alice']);
  expect(body.cronRuns.map(({ command, running }) => [command, running])).toEqual([
    ['silent', null],
    ['short', false],
    ['long', true],
  ]);
  expect(body.processes).toMatchObject([
    { pid: 500, comm: 'long', startedAt: at('02:00:00'), how: 'died-later' },
    { pid: 80, comm: 'nginx', how: 'died-later' },
    { pid: 700, comm: 'reaper', cmdline: ['reaper', '--all'], user: 'deploy', how: 'acted-later' },
  ]);
  expect(body.around.map(({ kind }) => kind)).toEqual([
    ...['cron-run', 'unit', 'death', 'cron-run', 'cron-run'],
  ]);
  expect(body.watched).toBe(true);
  expect(body.gaps).toEqual(['audit is missing on web-1: auditd is not there']);
  expect(body.cut).toEqual([]);
});

test('the moment of a beginning and of an end belong to the run', async () => {
  const began = (await moment('02:00:00')).body;
  expect(began.processes.map(({ comm }) => comm)).toEqual(['long', 'nginx']);
  const ended = (await moment('04:00:00')).body;
  expect(ended.processes.map(({ comm }) => comm).sort()).toEqual([
    ...['later', 'long', 'nginx', 'reaper', 'reaper'],
  ]);
  expect((await moment('05:00:01')).body.processes).toEqual([]);
});

test('says that nobody watched, and what was lost', async () => {
  const early = (await moment('00:10:00')).body;
  expect(early.watched).toBe(false);
  expect(early.gaps[0]).toMatch(/^no agent watched web-1 before 2026-11-20T00:30:00/);
  await world.store('web-1', [
    event({
      ...{ kind: 'gap', source: 'probe', of: 'probe', lost: 5, reason: 'the ring was full' },
      ...{ at: at('06:00:10'), since: at('06:00:00'), until: at('06:00:10') },
    }),
  ]);
  const lost = (await moment('06:00:05')).body;
  expect(lost.watched).toBe(false);
  expect(lost.gaps[0]).toBe(
    'records of web-1 are missing from 2026-11-20T06:00:00.000Z to 2026-11-20T06:00:10.000Z',
  );
  expect((await moment('06:00:15')).body.watched).toBe(true);
});

test('a host of which nothing is known is not found; without a time it is now', async () => {
  expect((await moment('03:00:00', 'web-9')).status).toBe(404);
  const { body } = await world.get<HostMoment>('/v1/hosts/web-1/at');
  expect([body.watched, body.processes]).toEqual([true, []]);
  expect(Date.now() - Date.parse(body.time)).toBeLessThan(60_000);
  expect((await world.get<Problem>('/v1/hosts/web-1/at?time=noon')).body.field).toBe('time');
});
