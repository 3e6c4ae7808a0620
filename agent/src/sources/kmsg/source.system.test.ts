import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { thisHost } from '../../host.ts';
import { eventId } from '../../pipeline/event-id.ts';
import type { RawEvent, RunningSource } from '../../source.ts';
import { kmsgSource } from './source.ts';

/** A name that no other process of this machine has. */
const comm = `km${process.pid}`;
let folder: string;
let crasher: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-kmsg-'));
  writeFileSync(join(folder, 'c.c'), 'int main(void) { *(volatile int *)8 = 1; }\n');
  crasher = join(folder, comm);
  execFileSync('cc', ['-o', crasher, join(folder, 'c.c')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function listening(): Promise<{ events: RawEvent[]; source: RunningSource }> {
  const events: RawEvent[] = [];
  const host = thisHost('web-3');
  const source = await kmsgSource({ idOf: (event) => eventId(host, event) }).start((event) =>
    events.push(event),
  );
  return { events, source };
}

const crashesIn = (events: RawEvent[]) =>
  events.filter((event) => event.kind === 'crash' && event.comm === comm);

/** Crashes until the kernel says so: its fault lines are rate-limited for the whole machine. */
async function crashUntilSeen(events: RawEvent[]): Promise<void> {
  const before = crashesIn(events).length;
  await vi.waitFor(
    () => {
      expect(spawnSync(crasher).signal).toBe('SIGSEGV');
      expect(crashesIn(events).length).toBeGreaterThan(before);
    },
    { timeout: 120_000, interval: 500 },
  );
}

it('sees a crash as it happens, and again as the past after a restart', async () => {
  const first = await listening();
  await crashUntilSeen(first.events);
  const [live] = crashesIn(first.events);
  expect(live).toMatchObject({ trap: 'segfault', address: '8' });
  expect(live).not.toHaveProperty('backfilled');
  await first.source.stop();

  const second = await listening();
  await second.source.stop();
  const [again] = crashesIn(second.events);
  expect(again).toMatchObject({ backfilled: true, id: live?.id });
});

it('does not take for the word of the kernel what user space writes into its log', async () => {
  const { events, source } = await listening();
  writeFileSync('/dev/kmsg', `<6>${comm}[77]: segfault at 0 ip 0 sp 0 error 4\n`);
  await crashUntilSeen(events);
  await source.stop();
  expect(crashesIn(events).map((event) => 'pid' in event && event.pid)).not.toContain(77);
});
