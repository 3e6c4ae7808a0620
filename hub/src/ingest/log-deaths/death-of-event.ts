import type { DeathEvent } from '@coroner/schema/event/death';
import type { EventOf } from '@coroner/schema/event/event';
import { stableId } from '@coroner/schema/identity';
import type { Process } from '@coroner/schema/process';
import { signalName, signalNumber } from '@coroner/schema/signal';
import { hostItself } from '@coroner/schema/verdict/facts/host-itself';
import { signalOfTrap } from '@coroner/schema/verdict/facts/trap';
import type { EventRow } from '../../store/events/event-row.ts';
import { normalInstant } from '../decode/instant.ts';

/** A log line may name a unit and no process. */
export const unknownPid = 0;

interface Told {
  victim: Partial<Process> & Pick<Process, 'pid' | 'comm'>;
  signal: string | null;
  coreDumped?: boolean;
}

/** The death that an event of a log tells of; null when it tells of none, or not when. */
export function deathOfEvent({ host, at, body }: EventRow): DeathEvent | null {
  const told = body.at === null ? null : toldBy(body);
  if (!told) return null;
  return {
    kind: 'death',
    id: stableId('death-from-log', host, body.id),
    source: body.source,
    at: lastSignOfLife(body) ?? at,
    victim: { ancestry: [], ...told.victim },
    exit: { code: null, signal: told.signal, coreDumped: told.coreDumped ?? false },
    signals: [],
    signalsLost: 0,
    oomMarked: false,
    ...(body.kind === 'oom-kill' ? { oomScoreAdj: body.oomScoreAdj } : {}),
    ...(body.backfilled === undefined ? {} : { backfilled: body.backfilled }),
  };
}

function toldBy(event: EventRow['body']): Told | null {
  switch (event.kind) {
    case 'oom-kill': {
      const { pid, comm, uid, taskMemcg: cgroup } = event;
      return { victim: { pid, comm, uid, cgroup, unit: unitOf(cgroup) }, signal: 'SIGKILL' };
    }
    case 'crash':
      return { victim: { pid: event.pid, comm: event.comm }, signal: signalOfTrap(event.trap) };
    case 'coredump': {
      const { pid, comm, exe, uid, unit, signal = null } = event;
      return { victim: { pid, comm, exe, uid, unit }, signal, coreDumped: true };
    }
    case 'abnormal-end': {
      const { pid, comm, exe, uid, user, auid, signal = null } = event;
      return { victim: { pid, comm, exe, uid, user, auid }, signal };
    }
    case 'reported-end': {
      const { pid, comm, signal, coreDumped } = event;
      if (pid === null || comm === null) return null;
      return { victim: { pid, comm }, signal, coreDumped: coreDumped === true };
    }
    case 'oom-daemon-kill':
      return killedByDaemon(event);
    case 'unit':
      return mainProcessEnded(event);
    case 'process-accounting': {
      const { pid, comm, uid, signal, coreDumped } = event;
      if (pid == null || signal == null) return null;
      return { victim: { pid, comm, uid }, signal, coreDumped: coreDumped === true };
    }
    case 'boot':
      return crashBefore(event);
    case 'gap':
      return wentDark(event);
    default:
      return null;
  }
}

/** A host ended when it was last seen, and not when it came up again. */
const lastSignOfLife = (body: EventRow['body']): string | null =>
  body.kind === 'boot' && body.previousSeenAt ? normalInstant(body.previousSeenAt) : null;

/** The boot before ended without a shutdown: the death of all that ran, told as one. */
function crashBefore({ previousEnd }: EventOf<'boot'>): Told | null {
  const crashed = previousEnd === 'panic' || previousEnd === 'no-record';
  return crashed ? { victim: hostItself, signal: null } : null;
}

/** Several hosts went silent together, as the hub saw. */
function wentDark({ source, of }: EventOf<'gap'>): Told | null {
  return source === 'hub' && of === 'host' ? { victim: hostItself, signal: null } : null;
}

/** The daemon may name a cgroup alone: then who died is not known. */
function killedByDaemon(event: EventOf<'oom-daemon-kill'>): Told | null {
  const { pid, comm, uid, cgroup, unit, signal } = event;
  if (pid === null || comm === null) return null;
  return { victim: { pid, comm, uid, cgroup, unit: unit ?? unitOf(cgroup) }, signal };
}

/** `Main process exited, code=killed, status=9/KILL`: a unit, and rarely a pid. */
function mainProcessEnded({ state, code, status, unit, pid, comm }: EventOf<'unit'>): Told | null {
  if (state !== 'process-exited' || (code !== 'killed' && code !== 'dumped')) return null;
  const number = signalNumber(String(status ?? '').split('/')[0] ?? '');
  if (number === null || number === 0) return null;
  return {
    victim: { pid: pid ?? unknownPid, comm: comm ?? unit.replace(/\.service$/, ''), unit },
    signal: signalName(number),
    coreDumped: code === 'dumped',
  };
}

/** `/system.slice/nginx.service` → `nginx.service`. */
function unitOf(cgroup: string | null | undefined): string | null {
  return cgroup?.split('/').findLast((part) => /\.(?:service|scope)$/.test(part)) ?? null;
}
