import type { Event } from '@coroner/schema/event/event';
import type { CronNextPage, CronNextRun } from '@coroner/schema/http/cron-next';
import type { Problem } from '@coroner/schema/http/problem';
import { stableId } from '@coroner/schema/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;
const line = (number: number, schedule: string, command: string, more: object = {}): Event =>
  ({
    ...{ kind: 'cron-job', id: stableId('line', number, schedule, command, JSON.stringify(more)) },
    ...{ source: 'crontab', at: '2026-11-20T00:00:00.000Z', file: '/etc/cron.d/jobs' },
    ...{ line: number, user: 'root', schedule, command, nextRun: null, timeZone: 'UTC', ...more },
  }) as Event;

beforeAll(async () => {
  world = await startStoredApi();
  await world.store('web-1', [
    line(1, '0 3 * * *', 'backup'),
    line(2, '0 * * * *', 'hourly', { user: 'www-data' }),
    line(3, '@reboot', 'at boot'),
    line(4, '*/5 * * * *', 'gone'),
    line(4, '*/5 * * * *', 'gone', { at: '2026-11-21T00:00:00.000Z', removed: true }),
    line(5, '7', 'anacron', { job: 'weekly' }),
    line(6, 'OnCalendar=*-*-* 03:10:00', 'logrotate.service', { file: 'logrotate.timer' }),
    line(7, 'at 2027-01-10T03:15:00.000Z', 'once', { file: '/var/spool/cron/atjobs/a1' }),
  ]);
  await world.store('web-2', [
    // 04:00 in Berlin is 03:00 UTC in January.
    line(1, '0 4 * * *', 'backup', { timeZone: 'Europe/Berlin' }),
    line(2, '0 3 * * *', 'a\n\u001b[2Jb', { timeZone: null }),
  ]);
  await world.pool.query(
    `insert into hosts (host, last_seen_at) values ('web-1', now()) on conflict (host) do update set last_seen_at = now()`,
  );
});
afterAll(() => world?.stop());

const span = 'since=2027-01-10T03:00:00Z&until=2027-01-10T04:00:00Z';
const next = (query: string, limit = 2) =>
  world.pages<CronNextRun>(`/v1/cron-next?${query}`, limit);
const short = ({ at, host, line: number, file }: CronNextRun) =>
  `${at.slice(11, 16)} ${host} ${file.split('/').at(-1)}:${number}`;
const all = [
  ...['03:00 web-1 jobs:1', '03:00 web-1 jobs:2', '03:00 web-2 jobs:1', '03:00 web-2 jobs:2'],
  ...['03:10 web-1 logrotate.timer:6', '03:15 web-1 a1:7', '04:00 web-1 jobs:2'],
];

test.each([1, 2, 3, 100])('all hosts in order of time, in pages of %i', async (limit) => {
  expect((await next(span, limit)).map(short)).toEqual(all);
});

test('says of each what it is, in which zone, and whether its host is heard', async () => {
  const [backup, , berlin, unknown] = await next(span, 100);
  expect(backup).toMatchObject({
    ...{ at: '2027-01-10T03:00:00.000Z', host: 'web-1', user: 'root', command: 'backup' },
    ...{ schedule: '0 3 * * *', timeZone: 'UTC', timeZoneKnown: true, hostSilent: false },
  });
  expect(berlin).toMatchObject({ timeZone: 'Europe/Berlin', hostSilent: true });
  expect(unknown).toMatchObject({ timeZone: 'UTC', timeZoneKnown: false });
});

test.each([
  ['host=web-2', ['03:00 web-2 jobs:1', '03:00 web-2 jobs:2']],
  ['user=www-data', ['03:00 web-1 jobs:2', '04:00 web-1 jobs:2']],
  ['process=backup', ['03:00 web-1 jobs:1', '03:00 web-2 jobs:1']],
  ['host=web-1&process=log', ['03:10 web-1 logrotate.timer:6']],
  ['user=nobody', []],
])('of some: %s', async (filter, expected) => {
  expect((await next(`${span}&${filter}`)).map(short)).toEqual(expected);
});

test('without a span the next day is told, and its end does not move from page to page', async () => {
  const { body } = await world.get<CronNextPage>('/v1/cron-next?limit=1&process=hourly');
  expect(Date.parse(body.items[0]?.at ?? '')).toBeGreaterThan(Date.now() - 60_000);
  expect(await next('process=hourly', 7)).toHaveLength(24);
});

test('is exported whole', async () => {
  const response = await world.api.inject({
    url: `/v1/cron-next?${span}&format=csv`,
    headers: { authorization: 'Bearer secret-of-this-test' },
  });
  const lines = response.body.trimEnd().split('\r\n');
  expect(lines).toHaveLength(all.length + 1);
  expect(lines[0]).toMatch(/^at,eventId,host,file,line,user,schedule,command,timeZone,/);
});

test.each([
  ['since=2027-01-02T00:00:00Z&until=2027-01-01T00:00:00Z', 'since'],
  ['until=2190-01-01T00:00:00Z', 'since'],
  ['since=tomorrow', 'since'],
  ['cursor=WyJhIiwiYiJd', 'cursor'],
])('what is wrong is refused by its field: %s', async (query, field) => {
  const { status, body } = await world.get<Problem>(`/v1/cron-next?${query}`);
  expect([status, body.field]).toEqual([400, field]);
});
