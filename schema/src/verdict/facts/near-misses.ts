import type { NearMiss } from '../../event/agent.ts';
import type { DeathEvent } from '../../event/death.ts';
import type { Event, EventOf } from '../../event/event.ts';
import type { NearMissOfDeath } from '../../http/near-miss.ts';
import { near } from './nearby.ts';

/** Of what was counted and of the audit log: a signal that somebody else sent to the victim in vain. */
export type Miss = Omit<NearMissOfDeath, 'text'> & { event: Event };

const withinMs = 600_000;
const mostMisses = 10;
/** The last `kill -9` of a loop finds one that is dying already. */
const meaningless = 'SIGKILL';
/** Whether there is such a process, and may be signalled; kill(2). */
const question = 'SIG0';

/** Newest first. What the victim sent itself, and what nobody is named for, is left out. */
export function missesOf(death: DeathEvent, evidence: readonly Event[]): Miss[] {
  const counted = near(evidence, 'counts', death, withinMs).flatMap((event) =>
    (event.nearMissesBy ?? []).flatMap((miss) => countedMiss(event, miss, death)),
  );
  const refused = near(evidence, 'kill-syscall', death, withinMs).flatMap((event) =>
    refusedMiss(event, death),
  );
  return [...counted, ...refused]
    .sort((a, b) => Date.parse(b.at ?? '') - Date.parse(a.at ?? ''))
    .slice(0, mostMisses);
}

function countedMiss(event: EventOf<'counts'>, miss: NearMiss, { victim }: DeathEvent): Miss[] {
  const { sender, target } = miss;
  if (!sender || target.pid !== victim.pid || sender.pid === victim.pid) return [];
  if (target.startUs !== undefined && target.startUs !== victim.startUs) return [];
  if (miss.why === 'ignored' && miss.signal === meaningless) return [];
  if (miss.why === 'asked' || miss.signal === question) return [];
  const why = miss.why === 'refused' ? 'failed' : miss.why;
  return [
    {
      event,
      eventId: event.id,
      at: miss.lastAt ?? event.at,
      signal: miss.signal,
      count: miss.count,
      why,
      error: why === 'failed' ? 'EPERM' : null,
      by: {
        pid: sender.pid,
        comm: sender.comm,
        cmdline: sender.cmdline ?? [],
        uid: sender.uid,
        user: null,
      },
    },
  ];
}

function refusedMiss(event: EventOf<'kill-syscall'>, { victim, at }: DeathEvent): Miss[] {
  if (event.success !== false || event.targetPid !== victim.pid) return [];
  if (!event.signal || event.signal === question) return [];
  if (event.at !== null && at !== null && event.at > at) return [];
  return [
    {
      event,
      eventId: event.id,
      at: event.at,
      signal: event.signal,
      count: 1,
      why: 'failed',
      error: event.error ?? null,
      by: {
        pid: event.senderPid,
        comm: event.senderComm ?? event.senderExe ?? '?',
        cmdline: event.cmdline ?? [],
        uid: event.senderUid ?? null,
        user: event.auditUser ?? event.senderUser ?? null,
      },
    },
  ];
}
