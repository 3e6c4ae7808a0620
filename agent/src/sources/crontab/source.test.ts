import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CronJobEvent } from '@coroner/schema/event/schedule';
import { expect, it, onTestFinished, vi } from 'vitest';
import { crontabSource } from './source.ts';

type Told = Omit<CronJobEvent, 'id'> & { id?: string };

function aHost() {
  const root = mkdtempSync(join(tmpdir(), 'coroner-crontabs-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const folder of ['etc/cron.d', 'var/spool/cron/crontabs'])
    mkdirSync(join(root, folder), { recursive: true });
  const write = (path: string, text: string): void => writeFileSync(join(root, path), text);
  write('etc/debian_version', '12.5\n');
  write('etc/timezone', 'Europe/Berlin\n');
  write('etc/crontab', '17 * * * * root run-parts /etc/cron.hourly\n');
  write('etc/cron.d/cleanup', '# night\n0 3 * * * bob /usr/bin/clean --password=hunter2\n');
  write('etc/cron.d/off.disabled', '* * * * * root kill -9 1\n');
  write('var/spool/cron/crontabs/alice', '*/5 * * * * echo hello%input\n');
  const events: Told[] = [];
  const start = async () => {
    const source = crontabSource({ host: 'web-3', memoryPath: join(root, 'memory.json'), root });
    const running = await source.start((event) => events.push(event as Told));
    let isOver = false;
    const stop = async () => {
      if (!isOver) await running.stop();
      isOver = true;
    };
    onTestFinished(stop);
    return { source, stop };
  };
  const lines = () =>
    events.map(({ file, line, user, schedule, command, removed }) =>
      [removed ? 'gone' : 'line', file.replace(root, ''), line, user, schedule, command].join(' '),
    );
  return { root, write, events, start, lines };
}

const cleanup = 'line /etc/cron.d/cleanup 2 bob 0 3 * * * /usr/bin/clean --password=hunter2';
const gone = cleanup.replace('line', 'gone');

it('tells the lines that cron reads, with whose they are', async () => {
  const host = aHost();
  const { source } = await host.start();
  expect(host.lines()).toEqual([
    'line /etc/crontab 1 root 17 * * * * run-parts /etc/cron.hourly',
    cleanup,
    'line /var/spool/cron/crontabs/alice 1 alice */5 * * * * echo hello',
  ]);
  expect(host.events.at(-1)).toMatchObject({ stdin: 'input', timeZone: 'Europe/Berlin' });
  expect(await source.status()).toMatchObject({ state: 'available' });
});

it('tells what an edit changed, and nothing that stayed', async () => {
  const host = aHost();
  await host.start();
  host.events.length = 0;
  host.write('etc/cron.d/.cleanup.swp', '# night\n0 4 * * * bob /usr/bin/clean\n');
  renameSync(join(host.root, 'etc/cron.d/.cleanup.swp'), join(host.root, 'etc/cron.d/cleanup'));
  const edited = 'line /etc/cron.d/cleanup 2 bob 0 4 * * * /usr/bin/clean';
  await vi.waitFor(() => expect(host.lines()).toEqual([gone, edited]), { timeout: 45_000 });
  rmSync(join(host.root, 'etc/cron.d/cleanup'));
  await vi.waitFor(() => expect(host.lines()[2]).toBe(edited.replace('line', 'gone')), {
    timeout: 45_000,
  });
});

it('tells the same lines with the same ids at the next start, and what went in between', async () => {
  const host = aHost();
  const { stop } = await host.start();
  await stop();
  const before = [...host.events];
  host.events.length = 0;
  rmSync(join(host.root, 'etc/cron.d/cleanup'));
  await host.start();
  expect(host.lines()).toContain(gone);
  const ids = (events: Told[]) => events.filter(({ removed }) => !removed).map(({ id }) => id);
  expect(ids(host.events)).toEqual([before[0]?.id, before[2]?.id]);
});

it('gives a line that comes back another id', async () => {
  const host = aHost();
  await host.start();
  const first = host.events[1];
  host.write('etc/cron.d/cleanup', '');
  await vi.waitFor(() => expect(host.lines()).toContain(gone), { timeout: 45_000 });
  host.write('etc/cron.d/cleanup', '# night\n0 3 * * * bob /usr/bin/clean --password=hunter2\n');
  await vi.waitFor(() => expect(host.lines().filter((one) => one === cleanup)).toHaveLength(2), {
    timeout: 45_000,
  });
  expect(host.events.at(-1)?.id).not.toBe(first?.id);
});
