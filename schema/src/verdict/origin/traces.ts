import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { killsAudited, senderAudited } from '../facts/kills-audited.ts';
import { between } from '../facts/nearby.ts';
import { toldRequests } from '../facts/told-requests.ts';
import { lineage } from './ancestor.ts';
import { isAtDaemon, isCronDaemon, isLoginDaemon } from './daemons.ts';

/** By what the logins and cron lines behind a death are found, however long before it they were told. */
export interface Traces {
  /** Of the processes that may have done it, and all above them. */
  pids: number[];
  sessions: number[];
  ttys: string[];
  /** Something ran below cron or atd, or in a service that a timer may have started. */
  isScheduled: boolean;
}

/**
 * Of everybody who signalled the victim, as the death's record or the audit log has it, of who may
 * have asked a manager to, and of the victim itself, whose session may have ended.
 */
export function tracesOf(death: DeathEvent, evidence: readonly Event[]): Traces {
  const senders = [
    ...death.signals.flatMap(({ current }) => (current ? [current] : [])),
    ...killsAudited(death, evidence).map(senderAudited),
    ...requestersBefore(death, evidence),
  ];
  const processes: Process[] = [death.victim, ...senders];
  const above = processes.map(lineage);
  const people = processes.filter((process, index) => {
    const inSession = typeof process.auditSession === 'number';
    return inSession || above[index]?.some((ancestor) => isLoginDaemon(ancestor));
  });
  const isScheduled =
    above.some((ancestors) =>
      ancestors.slice(1).some((one) => isCronDaemon(one) || isAtDaemon(one)),
    ) || senders.some(({ unit, comm }) => unit?.endsWith('.service') && comm !== 'systemd');
  const clients = senders.flatMap(({ attached }) => attached ?? []);
  const traced = isScheduled ? processes : people;
  return {
    pids: unique([...traced.flatMap(lineage), ...clients].map(({ pid }) => pid)).filter(
      (pid) => pid > 0,
    ),
    sessions: unique([...people, ...clients].flatMap(({ auditSession }) => auditSession ?? [])),
    ttys: unique([...people, ...clients].flatMap(({ tty }) => tty ?? [])),
    isScheduled,
  };
}

/** A manager acts within 90 s, and a service may take as long to stop. */
const requestedBeforeMs = 180_000;

function requestersBefore(death: DeathEvent, evidence: readonly Event[]): Process[] {
  const all = [...evidence.filter(({ kind }) => kind === 'request'), ...toldRequests(evidence)];
  return between(all, 'request', death, requestedBeforeMs, 0).map(({ by }) => by);
}

const unique = <Value>(values: Value[]): Value[] => [...new Set(values)];
