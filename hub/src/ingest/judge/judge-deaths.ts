import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event } from '@coroner/schema/event/event';
import type { Judgement } from '@coroner/schema/verdict/case';
import { judge } from '@coroner/schema/verdict/judge';
import { tracesOf } from '@coroner/schema/verdict/origin/traces';
import type { Transaction } from '../../store/database.ts';
import { loadBackground } from '../../store/events/load-background.ts';
import { type DatedEvent, loadEvidence } from '../../store/events/load-evidence.ts';
import { type HostWatch, loadHostWatch } from '../../store/hosts/host-watch.ts';
import { gapsAround } from './gaps.ts';
import { neighbourhoods, type Subject } from './neighbourhoods.ts';
import { relevantEvidence } from './relevant-evidence.ts';

export interface Judged {
  death: Subject;
  judgement: Judgement;
}

/** A death that the rules could not digest. */
export interface Failed {
  death: Subject;
  error: Error;
}

/** Judges deaths with the evidence that the database has around them and behind them: four statements for all. */
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
    deaths.map(({ id, host, diedAt, event }) => ({ id, host, diedAt, traces: tracesOf(event) })),
  );
  const watch = await loadHostWatch(transaction, [...new Set(deaths.map((death) => death.host))]);
  for (const [index, group] of groups.entries())
    for (const death of group.members)
      try {
        const judgement = judgeOne(
          death,
          evidence[index] ?? [],
          background.get(death.id) ?? [],
          watch.get(death.host),
        );
        judged.push({ death, judgement });
      } catch (error) {
        failed.push({ death, error: error as Error });
      }
  return { judged, failed };
}

function judgeOne(
  { host, bootId, event, diedAt }: Subject,
  around: readonly DatedEvent[],
  background: readonly Event[],
  watch: HostWatch | undefined,
): Judgement {
  const death: DeathEvent = { ...event, at: diedAt };
  const evidence = [...relevantEvidence(death, diedAt, around), ...background];
  const gaps = gapsAround(host, diedAt, evidence, watch);
  return judge({ host, bootId, death, evidence, gaps });
}
