import type { DeathEvent } from '../../event/death.ts';
import type { Event, EventOf } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { between } from './nearby.ts';

type Call = EventOf<'kill-syscall'>;

const beforeMs = 2_000;
/** A call for one that is dead and not yet reaped succeeds as well: it must have come before. */
const toleranceMs = 100;
const wholeSecondMs = 1_000;

/** Calls on record in the audit log that hit the victim just before its end, nearest first. */
export function killsAudited(death: DeathEvent, evidence: readonly Event[]): Call[] {
  const tolerated = isToTheSecond(death) ? wholeSecondMs : toleranceMs;
  return between(evidence, 'kill-syscall', death, beforeMs, tolerated).filter(
    (event) =>
      // Into a text log anybody may write anybody's name.
      event.source !== 'log' && event.targetPid === death.victim.pid && event.success !== false,
  );
}

/** Text logs know no fraction of a second; the kernel's records do. */
const isToTheSecond = ({ source, at }: DeathEvent): boolean =>
  source !== 'probe' && source !== 'tracefs' && /:\d\d(?:\.0+)?Z$/.test(at ?? '');

/** Who made the call, as far as the record tells: those above it are not in there. */
export function senderAudited(call: Call): Process {
  return {
    pid: call.senderPid,
    comm: call.senderComm ?? call.senderExe ?? '?',
    exe: call.senderExe ?? null,
    cmdline: call.cmdline ?? null,
    uid: call.senderUid ?? null,
    user: call.senderUser ?? null,
    auid: call.auid ?? null,
    auditUser: call.auditUser ?? null,
    auditSession: call.session ?? null,
    tty: call.tty ?? null,
    ancestry: [],
  };
}
