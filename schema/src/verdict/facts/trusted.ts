import type { DeathEvent } from '../../event/death.ts';
import type { Event, EventKind } from '../../event/event.ts';

/** What ends processes, or says what ended them. */
const tellsOfEnds: ReadonlySet<EventKind> = new Set<EventKind>([
  'oom-kill',
  'crash',
  'memory-failure',
  'kernel-panic',
  'sysrq',
  'unit',
  'coredump',
  'oom-daemon-kill',
  'workload',
  'reported-end',
  'kill-syscall',
  'abnormal-end',
  'audit-record',
  'shutdown',
]);

/**
 * Any user may write any line into a text log, under any name (logger(1)). Where the kernel itself
 * recorded the death, such a line explains nothing: the kernel's log, the journal and the audit log
 * are read at their source.
 */
export function trusted(evidence: readonly Event[], death: DeathEvent): readonly Event[] {
  if (death.source !== 'probe' && death.source !== 'tracefs') return evidence;
  return evidence.filter(({ source, kind }) => source !== 'log' || !tellsOfEnds.has(kind));
}
