import { signalName } from '@coroner/schema/signal';
import type { RawEvent } from '../../source.ts';
import type { UtmpRecord } from './record.ts';

/** `failures`: the file is a btmp, of failed logins only. `unknown`: the name of the file does not say. */
export type UtmpContent = 'sessions' | 'failures' | 'unknown';

const highestSignal = 64;

/**
 * What a record says, utmp(5); null for what is no evidence: gettys, init's children, clock changes
 * and empty slots.
 */
export function utmpEvent(record: UtmpRecord, content: UtmpContent): RawEvent | null {
  const { type } = record;
  if (isFailure(record, content)) return { kind: 'login-failed', ...sessionOf(record) };
  if (content === 'failures') return null;
  if (type === 'USER_PROCESS') return { kind: 'login', ...sessionOf(record) };
  if (type === 'DEAD_PROCESS') return { kind: 'logout', ...sessionOf(record), ...exitOf(record) };
  if (type === 'BOOT_TIME') return { kind: 'boot', ...hostOf(record) };
  const how = type === 'RUN_LVL' ? shutdownOf(record) : null;
  return how === null ? null : { kind: 'shutdown', ...hostOf(record), how };
}

function isFailure({ type, user, line }: UtmpRecord, content: UtmpContent): boolean {
  if (type !== 'USER_PROCESS' && type !== 'LOGIN_PROCESS') return false;
  if (content === 'failures') return true;
  // What sshd writes to btmp, and login(1): a getty that waits has the user LOGIN.
  if (line.endsWith(':notty')) return true;
  return content === 'unknown' && type === 'LOGIN_PROCESS' && user !== 'LOGIN' && user !== '';
}

function baseOf(record: UtmpRecord) {
  return {
    source: 'wtmp' as const,
    at: instantOf(record),
    record: record.type,
    pid: record.pid,
    line: record.line,
    utmpId: record.id,
    addr: record.addr,
    offset: record.offset,
  };
}

function sessionOf(record: UtmpRecord) {
  return {
    ...baseOf(record),
    user: record.user === '' ? null : record.user,
    tty: record.line === '' ? null : record.line,
    from: record.host === '' ? record.addr : record.host,
    session: record.session > 0 ? record.session : null,
  };
}

function exitOf({ termination, exitStatus }: UtmpRecord) {
  const isSignal = termination > 0 && termination <= highestSignal;
  return { exitStatus, signal: isSignal ? signalName(termination) : null };
}

function hostOf(record: UtmpRecord) {
  return { ...baseOf(record), user: record.user, kernel: record.host === '' ? null : record.host };
}

/** The shutdown record, or a change to the runlevel that ends all others: the low byte of the pid. */
function shutdownOf({ user, pid }: UtmpRecord): string | null {
  if (user === 'shutdown') return 'shutdown';
  if (user !== 'runlevel') return null;
  const level = String.fromCharCode(pid & 0xff);
  return level === '6' ? 'reboot' : level === '0' ? 'halt' : null;
}

/** ISO 8601 with microseconds; null for zero, which is no time. */
function instantOf({ seconds, micros }: UtmpRecord): string | null {
  if (seconds === 0) return null;
  const second = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${second}.${String(micros).padStart(6, '0')}Z`;
}
