import { spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readJournal } from '../../formats/journal/journal.ts';
import { readLog } from '../../formats/log/log.ts';
import type { RawEvent } from '../../source.ts';
import { type BootedSystemd, bootSystemd } from '../../testing/booted-systemd.ts';
import { journalSource } from './source.ts';

const patience = { timeout: 240_000, interval: 100 };

let systemd: BootedSystemd;
beforeAll(async () => {
  systemd = await bootSystemd({
    'selfkill.service': ['ExecStart=/bin/sh -c "kill -9 $$$$"'],
    'fails.service': ['ExecStart=/bin/sh -c "exit 3"'],
    'nothing.service': ['ExecStart=/no/such/program'],
    'dogged.service': [
      'Type=notify',
      'NotifyAccess=all',
      'WatchdogSec=1',
      'ExecStart=/bin/sh -c "systemd-notify --ready; sleep 1000"',
    ],
    'stubborn.service': [
      'RuntimeMaxSec=1',
      'TimeoutStopSec=1',
      `ExecStart=/bin/sh -c "trap : TERM; while :; do sleep 1; done"`,
    ],
    'asked.service': ['ExecStart=/bin/sleep 1000'],
    'killed.service': ['ExecStart=/bin/sleep 1000'],
    'asker.service': [
      'Type=oneshot',
      'ExecStartPre=/bin/sh -c "until systemctl is-active asked.service killed.service; do sleep 0.1; done"',
      'ExecStart=/bin/systemctl stop asked.service',
      'ExecStart=/bin/systemctl kill --signal=TERM killed.service',
    ],
  });
});
afterAll(() => systemd.stop());

/** What is told of each unit, in order: state, result and how the process ended. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'selfkill.service': ['process-exited killed 9', 'failed signal killed 9'],
  'fails.service': ['process-exited exited 3', 'failed exit-code exited 3'],
  'nothing.service': ['exec-failed', 'process-exited exited 203', 'failed exit-code exited 203'],
  'dogged.service': ['watchdog watchdog', 'killing SIGABRT', 'failed watchdog'],
  'stubborn.service': ['timeout timeout', 'killing SIGKILL', 'failed timeout'],
  'asked.service': ['stopping', 'stopped success'],
  'killed.service': ['kill-requested SIGTERM', 'stopped success'],
};

function toldOf(unit: string, events: readonly RawEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'unit' && event.unit === unit
      ? [
          [event.state, event.result, event.code, event.status]
            .filter((part) => part != null)
            .join(' '),
        ]
      : [],
  );
}

function expectUnits(events: readonly RawEvent[]): void {
  for (const [unit, lines] of Object.entries(expected)) {
    const told = toldOf(unit, events);
    for (const line of lines)
      expect(told, unit).toContainEqual(expect.stringMatching(new RegExp(`^${line}`)));
  }
}

it('tells how the units of a real systemd end, live and from the text of its journal', async () => {
  const { directory } = systemd;
  const source = journalSource({
    bootId: 'another',
    cursorPath: null,
    hasKernelLog: true,
    directory,
  });
  const live: RawEvent[] = [];
  const running = await source.start((event) => live.push(event));
  await vi.waitFor(async () => expectUnits(await read('json')), patience);
  expectUnits(await read('short-precise'));
  expectUnits(await read('short-monotonic'));
  await vi.waitFor(() => expectUnits(live), patience);
  await running.stop();
});

async function read(output: string): Promise<RawEvent[]> {
  const args = ['--directory', systemd.directory, '--output', output, '--no-pager', '--quiet'];
  const child = spawn('journalctl', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const reader = output === 'json' ? readJournal : readLog;
  const events: RawEvent[] = [];
  for await (const event of reader(child.stdout, { file: '-', now: new Date() }))
    events.push(event);
  return events;
}
