import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event } from '@coroner/schema/event/event';
import type { Judgement } from '@coroner/schema/verdict/case';
import { isHostItself } from '@coroner/schema/verdict/facts/host-itself';
import { judge } from '@coroner/schema/verdict/judge';
import { tracesOf } from '@coroner/schema/verdict/origin/traces';
import type { Transaction } from '../../store/database.ts';
import { loadBackground } from '../../store/events/load-background.ts';
import { type DatedEvent, loadEvidence } from '../../store/events/load-evidence.ts';
import { loadSshClients, type SshClient } from '../../store/events/load-ssh-clients.ts';
import { type AddressOwner, loadOwners } from '../../store/hosts/host-addresses.ts';
import { loadClocks } from '../../store/hosts/host-clocks.ts';
import { type HostWatch, watchesAt } from '../../store/hosts/host-watch.ts';
import { happenedMs } from '../clock/corrected.ts';
import type { ClockEstimate } from '../clock/estimate.ts';
import { addressesBehind, endsBehind, fleetAt } from './fleet.ts';
import { gapsAround } from './gaps.ts';
import { neighbourhoods, type Subject } from './neighbourhoods.ts';
import { relevantEvidence } from './relevant-evidence.ts';

export interface Judged {
  death: Subject;
  judgement: Judgement;
  /** When it happened by the hub's clock, as far as that is known: what is compared across hosts. */
  happenedAt: string;
  /** How far that may be wrong, ms; 0 where nothing is known of its host's clock. */
  errorMs: number;
}

/** A death that the rules could not digest. */
export interface Failed {
  death: Subject;
  error: Error;
}

/** Judges deaths with the evidence that the database has around them and behind them: seven statements for all. */
export async function judgeDeaths(
  transaction: Transaction,
  deaths: readonly Subject[],
): Promise<{ judged: Judged[]; failed: Failed[] }> {
  const judged: Judged[] = [];
  const failed: Failed[] = [];
  if (deaths.length === 0) return { judged, failed };
  const groups = neighbourhoods(deaths);
  const evidence = await loadEvidence(transaction, groups);
  const background = await loadBackground(
    transaction,
    groups.flatMap(({ members }, index) => {
      const around = (evidence[index] ?? []).map((dated) => dated.event);
      return members.map(({ id, host, bootId, diedAt, event }) => ({
        ...{ id, host, bootId, diedAt, isHost: isHostItself(event.victim) },
        traces: tracesOf({ ...event, at: diedAt }, around),
      }));
    }),
  );
  const watches = await watchesAt(
    transaction,
    groups.map(({ host, until }) => ({ host, at: until })),
  );
  const clocks = await loadClocks(transaction, bootsOf(deaths));
  const owners = await loadOwners(transaction, [
    ...new Set(deaths.flatMap(({ id, event }) => addressesBehind(event, background.get(id) ?? []))),
  ]);
  const clients = await loadSshClients(
    transaction,
    deaths.flatMap(({ event, diedAt }) => endsBehind(event, owners, diedAt)),
  );
  for (const [index, group] of groups.entries())
    for (const death of group.members)
      try {
        judged.push(
          judgeOne(death, {
            around: evidence[index] ?? [],
            background: background.get(death.id) ?? [],
            watch: watches[index],
            clock: clocks.get(bootKey(death)),
            owners,
            clients,
          }),
        );
      } catch (error) {
        failed.push({ death, error: error as Error });
      }
  return { judged, failed };
}

interface Surroundings {
  around: readonly DatedEvent[];
  background: readonly Event[];
  watch: HostWatch | undefined;
  clock: ClockEstimate | undefined;
  owners: readonly AddressOwner[];
  clients: readonly SshClient[];
}

function judgeOne(
  subject: Subject,
  { around, background, watch, clock, owners, clients }: Surroundings,
): Judged {
  const { host, bootId, event, diedAt, receivedAt } = subject;
  const death: DeathEvent = { ...event, at: diedAt };
  const evidence = [...relevantEvidence(death, subject, around), ...background];
  const { bootUs, backfilled } = event;
  const happened = happenedMs({ diedAt, receivedAt, bootUs, backfilled }, clock);
  const past = { backfilled: backfilled === true, recorded: isRecorded(event) };
  const gaps = gapsAround({ host, diedAt, ...past, happenedMs: happened, watch, clock }, evidence);
  const isAsTold =
    happened === null || Math.abs(happened - Date.parse(diedAt)) <= toleratedMs(clock);
  const happenedAt = isAsTold ? null : new Date(happened).toISOString();
  const sources = watch?.sources ?? [];
  const fleet = fleetAt(owners, happenedAt ?? diedAt, clients);
  const judgement = judge({ host, bootId, death, evidence, gaps, sources, happenedAt, fleet });
  return {
    death: subject,
    judgement,
    happenedAt: happenedAt ?? diedAt,
    errorMs: clock?.errorMs ?? 0,
  };
}

/** The kernel's own record, of a time since this agent's boot; what a later agent reads is history. */
const isRecorded = ({ source, backfilled }: DeathEvent): boolean =>
  !backfilled && (source === 'probe' || source === 'tracefs');

/** Below this a difference may be the network's, and would only disturb. */
const leastCorrectionMs = 500;
const toleratedMs = (clock: ClockEstimate | undefined): number =>
  Math.max(leastCorrectionMs, clock?.errorMs ?? 0);

const bootKey = ({ host, bootId }: Pick<Subject, 'host' | 'bootId'>): string =>
  JSON.stringify([host, bootId]);

function bootsOf(deaths: readonly Subject[]): Subject[] {
  return [...new Map(deaths.map((death) => [bootKey(death), death])).values()];
}
