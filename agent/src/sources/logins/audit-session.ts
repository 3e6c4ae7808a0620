import { readFileSync } from 'node:fs';
import { stableId } from '@coroner/schema/identity';
import type { RawEvent } from '../../source.ts';
import { startedAtMs } from './open-sessions.ts';

const unset = 0xffffffff;
const toleranceMs = 10_000;

/**
 * The event with the audit session of the process that it names, while that lives: a process is known
 * by it when its terminal and its sshd are gone. (ut_session is another number.) The id is that of
 * the record alone.
 */
export function withAuditSession(host: string, event: RawEvent): RawEvent {
  if (event.kind !== 'login') return event;
  const id = event.id ?? stableId('wtmp', host, JSON.stringify(event));
  return { ...event, id, session: event.pid ? sessionOf(event.pid, event.at) : null };
}

function sessionOf(pid: number, at: string | null): number | null {
  const startedMs = startedAtMs(pid);
  if (startedMs === null || at === null || startedMs > Date.parse(at) + toleranceMs) return null;
  try {
    const session = Number(readFileSync(`/proc/${pid}/sessionid`, 'latin1'));
    return session === unset ? null : session;
  } catch {
    // It is gone, or this kernel has no audit.
    return null;
  }
}
