import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRunMarker } from './run-marker.ts';

const host = { name: 'web-3', bootId: 'boot-1', kernel: '6.1', os: 'Debian' };
let stateDir: string;

beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'coroner-marker-'));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

/** The last agent wrote this and is dead. */
function lastRun(facts: object): void {
  openRunMarker(stateDir, host, false);
  const path = join(stateDir, 'run.json');
  const marker = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...marker, startTicks: 'of a dead process', ...facts }));
}

it('has no gap at the first start', () => {
  expect(openRunMarker(stateDir, host, false).gaps).toEqual([]);
});

it.each([
  [{ stopped: false }, 'the agent did not stop cleanly'],
  [{ stopped: true }, 'the agent was stopped'],
  [
    { stopped: false, bootId: 'boot-0' },
    'the agent did not stop cleanly, and the host booted since',
  ],
  [
    { stopped: true, pinned: true, bootId: 'boot-0' },
    'the agent was stopped, and the host booted since',
  ],
])('after %j: %s', (facts, reason) => {
  const lastBeatAt = '2026-11-23T03:12:07.000Z';
  lastRun({ ...facts, lastBeatAt });
  const { gaps } = openRunMarker(stateDir, host, true);
  expect(gaps).toMatchObject([{ kind: 'gap', of: 'agent', since: lastBeatAt, lost: null, reason }]);
});

it.each([true, false])('has no gap when the kernel went on recording (stopped: %s)', (stopped) => {
  lastRun({ stopped, pinned: true });
  expect(openRunMarker(stateDir, host, true).gaps).toEqual([]);
});

it('has one when somebody ended that recording', () => {
  lastRun({ stopped: true, pinned: true });
  expect(openRunMarker(stateDir, host, false).gaps).toHaveLength(1);
});

it.each([true, false])('notes whether the kernel records on when it stops: %s', (recordsOn) => {
  openRunMarker(stateDir, host, false).stopped(recordsOn);
  const { stopped, pinned } = JSON.parse(readFileSync(join(stateDir, 'run.json'), 'utf8'));
  expect({ stopped, pinned }).toEqual({ stopped: true, pinned: recordsOn });
});

it('refuses to start beside another agent', () => {
  lastRun({ pid: process.ppid, startTicks: ticksOf(process.ppid) });
  expect(() => openRunMarker(stateDir, host, false)).toThrow(
    /runs already .*set another CORONER_STATE_DIR/,
  );
});

function ticksOf(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
