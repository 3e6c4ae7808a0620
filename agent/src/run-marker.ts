import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from './host.ts';
import type { RawEvent } from './source.ts';

interface Marker {
  readonly pid: number;
  /** Start of the process in clock ticks since boot: a reused pid has another. */
  readonly startTicks: string;
  readonly bootId: string;
  readonly lastBeatAt: string;
  readonly stopped: boolean;
  /** The kernel goes on recording without the agent. */
  readonly pinned: boolean;
}

const fileName = 'run.json';

/**
 * The file that says that an agent runs here, or until when the last one did; `isRecording`: what that
 * one left in the kernel is at work. Throws when one still runs, for two would spoil one spool.
 */
export function openRunMarker(stateDir: string, host: Host, isRecording: boolean) {
  mkdirSync(stateDir, { recursive: true, mode: 0o700 });
  const path = join(stateDir, fileName);
  const last = read(path);
  if (last && isAlive(last, host))
    throw new Error(
      `an agent runs already with this state (pid ${last.pid}, ${stateDir}); stop it, or set another CORONER_STATE_DIR`,
    );
  let pinned = false;
  beat(false);
  return {
    /** The time in which nobody watched: since the last run. */
    gaps: last && !(isRecording && wentOn(last, host)) ? [gapSince(last, host)] : [],
    /** Still here; `nowPinned` when the kernel would go on recording without us. */
    beat: (nowPinned: boolean) => {
      pinned = nowPinned;
      beat(false);
    },
    /** It stops; `recordsOn` when the kernel does not. */
    stopped: (recordsOn: boolean) => {
      pinned = recordsOn;
      beat(true);
    },
  };

  function beat(stopped: boolean): void {
    const marker: Marker = {
      pid: process.pid,
      startTicks: startTicks(process.pid) ?? '',
      bootId: host.bootId,
      lastBeatAt: new Date().toISOString(),
      stopped,
      pinned,
    };
    try {
      writeFileSync(`${path}.new`, JSON.stringify(marker), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    } catch {
      // A full disk must not end the agent; the marker is then older than it could be.
    }
  }
}

function read(path: string): Marker | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Marker;
  } catch {
    // No agent ran here yet, or the host crashed while the marker was written.
    return null;
  }
}

function isAlive(marker: Marker, host: Host): boolean {
  if (marker.stopped || marker.bootId !== host.bootId || marker.pid === process.pid) return false;
  return startTicks(marker.pid) === marker.startTicks;
}

/** The kernel recorded while no agent was there, and the probe hands that over. */
function wentOn(last: Marker, host: Host): boolean {
  return last.pinned && last.bootId === host.bootId;
}

/** Field 22 of /proc/PID/stat; null when there is no such process. The name may hold `)`. */
function startTicks(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    // The process is gone.
    return null;
  }
}

function gapSince(last: Marker, host: Host): RawEvent {
  const until = new Date().toISOString();
  const rebooted = last.bootId === host.bootId ? '' : ', and the host booted since';
  return {
    kind: 'gap',
    source: 'agent',
    at: until,
    of: 'agent',
    since: last.lastBeatAt,
    until,
    lost: null,
    reason: last.stopped
      ? `the agent was stopped${rebooted}`
      : `the agent did not stop cleanly${rebooted}`,
  };
}
