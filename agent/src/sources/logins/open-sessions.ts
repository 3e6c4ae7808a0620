import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { bootWallUs } from '../../clock.ts';
import type { RawEvent } from '../../source.ts';
import { layoutOf, recordEvent } from './records.ts';

/** The newest records that are looked at: a session of last month may still be open. */
const mostRecords = 4096;
const usPerMs = 1000;
const usPerTick = 10_000;
const toleranceMs = 10_000;

type Login = Extract<RawEvent, { kind: 'login' }>;

/** The logins in a utmp or wtmp whose process still runs: who is in when the agent starts. */
export function openSessions(path: string): Login[] {
  const layout = layoutOf(path);
  if (!layout) return [];
  const records = newest(path, layout.sizeBytes);
  const logins: Login[] = [];
  for (let at = 0; at + layout.sizeBytes <= records.length; at += layout.sizeBytes) {
    const event = recordEvent(records.subarray(at, at + layout.sizeBytes), layout, 'sessions');
    if (event?.kind === 'login' && isOpen(event)) logins.push(event);
  }
  return logins;
}

function newest(path: string, sizeBytes: number): Buffer {
  const fd = openSync(path, 'r');
  try {
    const total = Math.floor(fstatSync(fd).size / sizeBytes);
    const count = Math.min(total, mostRecords);
    const records = Buffer.alloc(count * sizeBytes);
    const bytes = readSync(fd, records, 0, records.length, (total - count) * sizeBytes);
    return records.subarray(0, bytes);
  } finally {
    closeSync(fd);
  }
}

/** Its process runs, and ran at the login: a pid is used again. */
function isOpen({ pid, at }: Login): boolean {
  const startedMs = typeof pid === 'number' ? startedAtMs(pid) : null;
  return startedMs !== null && at !== null && startedMs <= Date.parse(at) + toleranceMs;
}

/** Wall clock of the start of a process, proc(5); null when it is gone. */
export function startedAtMs(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const ticks = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    return (bootWallUs() + ticks * usPerTick) / usPerMs;
  } catch {
    return null;
  }
}
