import type { EventKind } from '@coroner/schema/event/event';

/** How far from a death an event of one kind can matter, and how many such events are looked at. */
export interface EvidenceWindow {
  kind: EventKind;
  backSeconds: number;
  aheadSeconds: number;
}

const minute = 60;
const day = 24 * 60 * minute;
const usualBackSeconds = 10 * minute;
const usualAheadSeconds = minute;

const usualKinds = [
  'oom-kill',
  'crash',
  'memory-failure',
  'kernel-panic',
  'sysrq',
  'unit',
  'coredump',
  'oom-daemon-kill',
  'workload',
  'kill-syscall',
  'counts',
  'abnormal-end',
  'reported-end',
  'audit-record',
  'logout',
  'privilege',
  'shell-command',
  'boot',
  'shutdown',
  'process-accounting',
  'memory-story',
  'agent-stop',
  'package-change',
  'package-run',
] as const satisfies readonly EventKind[];

/**
 * Most evidence stands close to the death; a gap is reported when it is over. Logins and cron lines
 * are not searched by time: see load-background.ts.
 */
export const evidenceWindows: readonly EvidenceWindow[] = [
  ...usualKinds.map((kind) => ({
    kind,
    backSeconds: usualBackSeconds,
    aheadSeconds: usualAheadSeconds,
  })),
  // A shutdown is asked for long before it is due.
  { kind: 'request', backSeconds: day, aheadSeconds: usualAheadSeconds },
  { kind: 'gap', backSeconds: usualBackSeconds, aheadSeconds: day },
];

export const usualWindow = { backSeconds: usualBackSeconds, aheadSeconds: usualAheadSeconds };
