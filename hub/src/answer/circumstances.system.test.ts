import type { Event } from '@coroner/schema/event/event';
import type { Answer } from '@coroner/schema/http/answer';
import type { CronJobPage } from '@coroner/schema/http/cron-jobs';
import { stableId } from '@coroner/schema/identity';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;

beforeAll(async () => {
  world = await startStoredApi();
});
afterAll(() => world?.stop());

const start = Date.parse('2026-08-01T02:00:00Z');
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

/** It ended by itself with status 1. */
const failed = (pid: number, seconds: number, comm: string, unit: string | null): Event =>
  killed({
    pid,
    comm,
    unit,
    at: at(seconds),
    more: { exit: { code: 1, signal: null, coreDumped: false }, signals: [], exitGroup: true },
  });

const why = async (query: string): Promise<Answer> =>
  (await world.get<Answer>(`/v1/why?${query}`)).body;

test('a crash loop is told as one thing, with count, beginning and pace', async () => {
  const deaths = Array.from({ length: 17 }, (_, i) =>
    failed(100 + i, i * 10, 'api', 'api.service'),
  );
  await world.store('web-1', deaths);
  const { related } = await why('process=api');
  expect(related.loop).toEqual({ count: 17, since: at(0), everyMs: 10_000 });
  expect((await why('process=api&pid=102')).related.loop?.count).toBe(3);
});

test('what died just before is possible, with its event', async () => {
  const database = killed({ pid: 30, comm: 'postgres', unit: 'postgresql.service', at: at(0) });
  await world.store('db-1', [database, failed(31, 1, 'app', 'app.service')]);
  const { related, verdict } = await why('process=app&host=db-1');
  expect(verdict.cause).toBe('exit-error');
  expect(related.chain).toMatchObject([
    { relation: 'service', confidence: 'possible', eventIds: [database.id] },
  ]);
});

test('what one process ended long ago, or much later, is not part of what it did now', async () => {
  const manager = { pid: 1, comm: 'systemd', startUs: 0, exe: '/usr/lib/systemd/systemd' };
  const stopped = (pid: number, seconds: number): Event =>
    killed({
      ...{ pid, host: 'svc-1', comm: `svc${pid}`, unit: `svc${pid}.service`, at: at(seconds) },
      ...{ killer: manager },
    });
  await world.store('svc-1', [stopped(1_001, 0), stopped(1_002, 3_600), stopped(1_003, 3_700)]);
  expect((await why('pid=1001&host=svc-1')).related.sameActor).toBe(0);
  expect((await why('pid=1002&host=svc-1')).related.sameActor).toBe(1);
});

const daySeconds = 86_400;

test('deaths that keep to a schedule show it, with the next time', async () => {
  const nightly = [0, 1, 2, 3, 4].map((day) =>
    failed(200 + day, day * daySeconds + 5, 'rotate', null),
  );
  await world.store('web-2', nightly);
  const { rhythm } = (await why('process=rotate')).related;
  expect(rhythm).toMatchObject({
    schedule: '0 2 * * *',
    timeZone: 'UTC',
    occurrences: 5,
    confidence: 'possible',
  });
  expect(Date.parse(rhythm?.next ?? '')).toBeGreaterThan(Date.now());
});

test('a cron line that killed says when it runs next on every host that has it', async () => {
  const command = '/opt/clean --all';
  const line = (timeZone: string | null, more: object = {}): Event => {
    const facts = {
      file: '/etc/cron.d/clean',
      line: 3,
      user: 'root',
      schedule: '5 2 * * *',
      command,
    };
    return {
      ...{ kind: 'cron-job', source: 'crontab', at: at(-60), nextRun: null, timeZone },
      ...{ id: stableId('line', String(timeZone), JSON.stringify(more)), ...facts, ...more },
    } as Event;
  };
  await world.store('job-2', [line('America/New_York')]);
  await world.store('job-3', [line('UTC', { command: `${command} # another` })]);
  const bootUs = (Date.parse('2026-08-02T00:05:02Z') - Date.UTC(2026, 0, 1)) * 1000;
  const shell = {
    pid: 800,
    comm: 'sh',
    startUs: bootUs - 2e6,
    cmdline: ['/bin/sh', '-c', command],
    uid: 0,
  };
  await world.store('job-1', [
    line('Europe/Berlin'),
    killed({
      host: 'job-1',
      pid: 70,
      comm: 'worker',
      at: '2026-08-02T00:05:02Z',
      killer: {
        ...{ pid: 801, comm: 'clean', cmdline: [command], uid: 0, user: 'root' },
        ancestry: [
          shell,
          { pid: 799, comm: 'cron', startUs: bootUs - 2.1e6 },
          { pid: 500, comm: 'cron', startUs: 1 },
        ],
      },
    }),
  ]);
  const { actor, related } = await why('process=worker&host=job-1');
  expect(actor?.origin).toMatchObject({ type: 'cron', command, file: '/etc/cron.d/clean' });
  expect(related.nextRuns?.map(({ host }) => host).sort()).toEqual(['job-1', 'job-2']);
  const inZone = (timeZone: string, host: string) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(
      new Date(related.nextRuns?.find((run) => run.host === host)?.at ?? 0),
    );
  expect(inZone('Europe/Berlin', 'job-1')).toBe('02:05');
  expect(inZone('America/New_York', 'job-2')).toBe('02:05');
  const jobs = await world.get<CronJobPage>('/v1/cron-jobs?process=clean');
  expect(
    jobs.body.items.map(({ host, killed }) => [host, killed?.deaths, killed?.lastComm]),
  ).toEqual([
    ['job-1', 1, 'worker'],
    ['job-2', undefined, undefined],
    ['job-3', undefined, undefined],
  ]);
});
