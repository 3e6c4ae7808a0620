import type { Event } from '@coroner/schema/event/event';
import type { CronRun, CronRunPage } from '@coroner/schema/http/cron-runs';
import { stableId } from '@coroner/schema/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;
const at = (time: string) => `2026-11-20T${time}.000Z`;
const event = (facts: Record<string, unknown>): Event =>
  ({ source: 'log', id: stableId('test', JSON.stringify(facts)), ...facts }) as Event;
const run = (time: string, command: string, more: object = {}): Event =>
  event({ kind: 'cron-run', at: at(time), user: 'root', pid: null, command, ...more });
const line = (number: number, command: string, user = 'root', more: object = {}): Event =>
  event({
    ...{ kind: 'cron-job', at: at('00:00:00'), source: 'crontab', file: '/etc/cron.d/jobs' },
    ...{ line: number, user, schedule: '0 * * * *', command, nextRun: null, timeZone: 'UTC' },
    ...more,
  });
/** The end of a process that began `seconds` before it. */
const end = (pid: number, time: string, seconds: number): Event => {
  const death = killed({ host: 'web-1', comm: 'sh', pid, at: at(time) });
  const startUs = (death.bootUs ?? 0) - seconds * 1e6;
  const startedAt = new Date(Date.parse(at(time)) - seconds * 1000).toISOString();
  return { ...death, victim: { ...death.victim, startUs, startedAt } };
};

beforeAll(async () => {
  world = await startStoredApi();
  await world.store('web-1', [
    line(1, 'backup'),
    line(2, 'twice'),
    line(3, 'twice'),
    line(4, 'gone'),
    line(4, 'gone', 'root', { at: at('00:30:00'), removed: true }),
    run('01:00:00', 'backup', { pid: 500 }),
    end(500, '01:20:00', 1200),
    run('02:00:00', 'twice', { pid: 501 }),
    // Another process of the same pid, hours later.
    end(501, '09:00:00', 60),
    run('03:00:00', 'gone'),
    run('04:00:00', 'a\n\u001b[2Jb', { user: 'evil\nroot' }),
  ]);
  await world.store('web-2', [run('01:00:00', 'backup', { user: 'alice' })]);
});
afterAll(() => world?.stop());

const runs = (query = '') => world.pages<CronRun>(`/v1/cron-runs${query}`, 2);

test('says of each run which line it was and how it ended, where one alone can be meant', async () => {
  const [evil, gone, twice, other, backup] = await runs();
  expect(backup).toMatchObject({
    ...{ host: 'web-1', user: 'root', command: 'backup', pid: 500 },
    job: { file: '/etc/cron.d/jobs', line: 1, schedule: '0 * * * *' },
    end: { at: '2026-11-20T01:20:00.000000Z', signal: 'SIGKILL', cause: 'signal-from-process' },
  });
  expect(other).toMatchObject({ host: 'web-2', user: 'alice', job: null, end: null });
  expect(twice).toMatchObject({ command: 'twice', job: null, end: null });
  expect(gone).toMatchObject({ command: 'gone', job: null });
  expect(evil?.command).toContain('b');
});

test.each([
  ['?host=web-2', ['backup']],
  ['?user=alice', ['backup']],
  ['?process=wic', ['twice']],
  ['?user=root&process=backup', ['backup']],
  [`?since=${at('02:00:00')}&until=${at('03:00:00')}`, ['gone', 'twice']],
  ['?user=nobody', []],
])('finds runs: %s', async (query, commands) => {
  expect((await runs(query)).map(({ command }) => command)).toEqual(commands);
});

test('is read to its end as NDJSON too', async () => {
  const response = await world.api.inject({
    url: '/v1/cron-runs?format=ndjson',
    headers: { authorization: 'Bearer secret-of-this-test' },
  });
  expect(response.body.trimEnd().split('\n')).toHaveLength(5);
  const { body } = await world.get<CronRunPage>('/v1/cron-runs?limit=5');
  expect((await world.get<CronRunPage>(`/v1/cron-runs?cursor=${body.next}`)).body).toEqual({
    items: [],
    next: null,
  });
});
