import { expect, it } from 'vitest';
import type { MissRecord } from '../record/miss.ts';
import type { ProcRecord } from '../record/record.ts';
import { bootClock } from './clock.ts';
import { missLedger } from './near-misses.ts';

const sigterm = 15;
const sigpipe = 13;
const miss: MissRecord = {
  signal: sigterm,
  sender: { pid: 7, startUs: 100, comm: 'kill', uid: 0 },
  target: { pid: 9, startUs: 50, comm: 'app' },
  count: 2,
  why: 'ignored',
};
const proc: ProcRecord = { startUs: 100, execId: 1, seeded: false, argv: ['kill', '9'] };
const ledger = (found: ProcRecord | null = proc) => missLedger(bootClock(), () => found);

it('is urgent the first time that somebody asks another process to end', () => {
  const misses = ledger();
  expect(misses.take([miss])).toBe(true);
  expect(misses.take([miss])).toBe(false);
  const other = { ...miss, sender: { pid: 8, startUs: 1, comm: 'kill', uid: 0 } };
  expect(misses.take([other])).toBe(true);
});

it.each([
  ['one that nobody is named for', { ...miss, sender: null }],
  ['its own', { ...miss, sender: { ...miss.target, uid: 0 } }],
  ['a broken pipe', { ...miss, signal: sigpipe }],
])('%s can wait', (_, record) => {
  expect(ledger().take([record])).toBe(false);
});

it('adds up what is equal, and forgets what was told', () => {
  const misses = ledger();
  misses.take([miss]);
  misses.take([miss]);
  expect(misses.told()).toMatchObject([
    { signal: 'SIGTERM', count: 4, why: 'ignored', sender: { pid: 7, cmdline: ['kill', '9'] } },
  ]);
  expect(misses.told()).toEqual([]);
});

it('gives no command line of another process that has the pid now', () => {
  const misses = ledger({ ...proc, startUs: 999 });
  misses.take([miss]);
  expect(misses.told()[0]?.sender?.cmdline).toBeNull();
});
