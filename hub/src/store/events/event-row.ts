import type { Event } from '@coroner/schema/event/event';

/** An event as the table has it. `at` is never null: it is the time of receipt where the event has none. */
export interface EventRow {
  id: string;
  host: string;
  boot_id: string;
  kind: Event['kind'];
  source: string;
  at: string;
  pid: number | null;
  comm: string | null;
  body: Event;
  received_at: string;
}

/** The process that the event is about: the victim, not the killer. */
export function subjectOf(event: Event): { pid: number | null; comm: string | null } {
  if (event.kind === 'death') return { pid: event.victim.pid, comm: event.victim.comm };
  if (event.kind === 'kill-syscall')
    return { pid: event.targetPid ?? null, comm: event.targetComm ?? null };
  return {
    pid: 'pid' in event ? (event.pid ?? null) : null,
    comm: 'comm' in event ? (event.comm ?? null) : null,
  };
}
