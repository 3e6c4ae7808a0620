import { getSystemErrorName } from 'node:util';
import type { RawEvent } from '../../source.ts';
import { commandLine } from './command-line.ts';
import type { RecordGroup } from './record/join.ts';
import type { AuditRecord } from './record/record.ts';
import { idName, idOf, intOf, knownText, numberOf, textOf, ttyOf } from './record/values.ts';
import { signalInRegister } from './signal.ts';
import { type KillCall, killCall, namesSignal, signalArgument } from './syscalls.ts';

/**
 * The events of a kill-family system call: one for each OBJ_PID record, which carries the
 * target's pid in the initial namespace. Null when the group is no such call.
 */
export function killEvents(group: RecordGroup, at: string | null): RawEvent[] | null {
  const call = group.find(({ type }) => type === 'SYSCALL');
  if (!call) return null;
  const name = killCall(call.own.get('arch'), call.own.get('syscall'));
  const senderPid = numberOf(call.own.get('pid'));
  if (name === null || senderPid === null) return null;
  const { own, enriched } = call;
  const success = successOf(call);
  const error = success === false ? errorName(own.get('exit')?.text ?? '') : null;
  const sent = {
    kind: 'kill-syscall' as const,
    source: 'audit' as const,
    at,
    signal: signalOf(call, name),
    senderPid,
    senderPpid: numberOf(own.get('ppid')),
    senderExe: knownText(own.get('exe')),
    senderComm: textOf(own.get('comm')),
    senderUid: idOf(own.get('uid')),
    senderUser: idName(own.get('uid'), enriched.get('UID')),
    auid: idOf(own.get('auid')),
    auditUser: idName(own.get('auid'), enriched.get('AUID')),
    session: idOf(own.get('ses')),
    tty: ttyOf(own.get('tty')),
    cmdline: commandLine(group),
    success,
    ...(error === null ? {} : { error }),
    syscall: name,
    serial: call.serial,
    node: call.node,
    key: textOf(own.get('key')),
  };
  const targets = group.filter(({ type }) => type === 'OBJ_PID');
  if (targets.length > 0) return targets.map((target) => ({ ...sent, ...targetOf(target) }));
  return [{ ...sent, ...argumentTarget(name, call, success) }];
}

function signalOf({ own }: AuditRecord, call: KillCall): string | null {
  const signal = signalInRegister(own.get(signalArgument(call)));
  return signal !== null && namesSignal(own.get('arch'), signal) ? signal : null;
}

function successOf({ own }: AuditRecord): boolean | null {
  const text = own.get('success')?.text;
  return text === 'yes' ? true : text === 'no' ? false : null;
}

/** `-1` of a raw record, `EPERM(Operation not permitted)` of `ausearch -i`. */
function errorName(exit: string): string | null {
  const name = /^E[A-Z0-9]{1,15}/.exec(exit)?.[0];
  if (name) return name;
  return /^-[1-9]\d{0,3}$/.test(exit) ? getSystemErrorName(Number(exit)) : null;
}

function targetOf({ own, enriched }: AuditRecord) {
  return {
    targetPid: numberOf(own.get('opid')),
    targetComm: textOf(own.get('ocomm')),
    targetUid: idOf(own.get('ouid')),
    targetUser: idName(own.get('ouid'), enriched.get('OUID')),
  };
}

/** Without OBJ_PID only a call that succeeded names its target, and a pidfd names none. */
function argumentTarget(name: KillCall, { own }: AuditRecord, success: boolean | null) {
  const argument = name === 'pidfd_send_signal' ? null : intOf(own.get('a0'));
  const isGroup = name === 'kill' && argument !== null && argument <= 0;
  return {
    targetPid: success === true && argument !== null && argument > 0 ? argument : null,
    targetComm: null,
    targetUid: null,
    targetUser: null,
    targetGroup: isGroup ? -argument : null,
  };
}
