import type { RawEvent } from '../../source.ts';
import { commandLine } from './command-line.ts';
import { killEvents } from './kill.ts';
import { loginEvent } from './login.ts';
import type { RecordGroup } from './record/join.ts';
import type { AuditRecord } from './record/record.ts';
import { idName, idOf, knownText, numberOf, textOf } from './record/values.ts';
import { signalField } from './signal.ts';

/** What the records of one audit event say; a login counts only when its session is new. */
export function groupEvents(group: RecordGroup, isNewSession: boolean): RawEvent[] {
  const at = instantOf(group[0].timeMs);
  const kills = killEvents(group, at);
  if (kills) return kills;
  const abend = group.find(({ type }) => type === 'ANOM_ABEND');
  const ended = abend && abnormalEnd(abend, at);
  if (ended) return [ended];
  const told = (isNewSession ? loginEvent(group[0], at) : null) ?? hostEvent(group[0], at);
  const event = told ?? otherEvent(group, at);
  return event ? [event] : [];
}

function instantOf(timeMs: number | null): string | null {
  return timeMs === null ? null : new Date(timeMs).toISOString();
}

function abnormalEnd(
  { own, enriched, serial, node }: AuditRecord,
  at: string | null,
): RawEvent | null {
  const pid = numberOf(own.get('pid'));
  const comm = textOf(own.get('comm'));
  if (pid === null || comm === null) return null;
  return {
    kind: 'abnormal-end',
    source: 'audit',
    at,
    pid,
    comm,
    exe: knownText(own.get('exe')),
    signal: signalField(own.get('sig')),
    uid: idOf(own.get('uid')),
    user: idName(own.get('uid'), enriched.get('UID')),
    auid: idOf(own.get('auid')),
    session: idOf(own.get('ses')),
    reason: textOf(own.get('reason')),
    serial,
    node,
  };
}

function hostEvent(record: AuditRecord, at: string | null): RawEvent | null {
  const base = { source: 'audit' as const, at, host: record.node };
  if (record.type === 'SYSTEM_BOOT') return { kind: 'boot', ...base };
  return record.type === 'SYSTEM_SHUTDOWN' ? { kind: 'shutdown', ...base } : null;
}

function otherEvent(group: RecordGroup, at: string | null): RawEvent | null {
  const main = group.find(({ type }) => type === 'SYSCALL' || type === 'SECCOMP') ?? group[0];
  const { own, inner, enriched, serial } = main;
  if (serial === null) return null;
  const call =
    main.type === 'SYSCALL' || main.type === 'SECCOMP' ? own.get('syscall')?.text : undefined;
  return {
    kind: 'audit-record',
    source: 'audit',
    at,
    serial,
    types: group.map(({ type }) => type),
    node: main.node,
    syscall: call === undefined ? null : /^\d{1,9}$/.test(call) ? Number(call) : call,
    pid: numberOf(own.get('pid')),
    comm: textOf(own.get('comm') ?? inner.get('comm')),
    exe: knownText(own.get('exe') ?? inner.get('exe')),
    signal: main.type === 'SECCOMP' ? signalField(own.get('sig')) : null,
    uid: idOf(own.get('uid')),
    user: idName(own.get('uid'), enriched.get('UID')),
    auid: idOf(own.get('auid')),
    session: idOf(own.get('ses')),
    cmdline: commandLine(group),
  };
}
