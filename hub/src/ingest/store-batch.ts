import { isDeepStrictEqual } from 'node:util';
import { recordChanges } from '../store/changes.ts';
import type { Transaction } from '../store/database.ts';
import { affectedDeaths, hostsReached } from '../store/deaths/affected-deaths.ts';
import { noteHints } from '../store/deaths/death-hints.ts';
import { deathRecord } from '../store/deaths/death-row.ts';
import { replaceLogDeaths } from '../store/deaths/replace-log-deaths.ts';
import { insertDeaths, reviseDeaths } from '../store/deaths/save-deaths.ts';
import type { EventRow } from '../store/events/event-row.ts';
import { insertEvents } from '../store/events/insert-events.ts';
import { quarantine, type Reject } from '../store/events/quarantine.ts';
import { saveHeartbeats } from '../store/hosts/heartbeats.ts';
import { saveAddresses } from '../store/hosts/host-addresses.ts';
import { lock } from '../store/lock.ts';
import { notifyChanges } from '../store/notify.ts';
import { noteClocks } from './clock/note-clocks.ts';
import type { Decoded } from './decode/decode-message.ts';
import { silenceBetween } from './judge/gaps.ts';
import { type Grouped, groupDeaths } from './judge/group-deaths.ts';
import { type Failed, type Judged, judgeDeaths } from './judge/judge-deaths.ts';
import { markExpected } from './judge/mark-expected.ts';
import type { Subject } from './judge/neighbourhoods.ts';
import { placeOf, placeOfReplaced, replacedLogDeaths } from './judge/places.ts';
import { saveGrouped } from './judge/save-grouped.ts';
import { connectionsOf, triggersOf } from './judge/triggers.ts';
import { deathOfEvent } from './log-deaths/death-of-event.ts';

/** What a batch brought, for metrics and log. */
export interface BatchReport {
  events: number;
  newEvents: number;
  /** Causes of the new deaths. */
  causes: string[];
  revised: number;
  incidents: number;
  quarantined: number;
  heartbeats: number;
  /** New ones that agents told of, and the records that they counted as lost. */
  gaps: number;
  lostRecords: number;
  failed: Failed[];
}

/**
 * Stores everything of these messages: events, heartbeats, deaths with their verdicts, incidents,
 * alerts, rejects. The caller commits, and acknowledges after that.
 */
export async function storeBatch(
  transaction: Transaction,
  decoded: readonly Decoded[],
): Promise<BatchReport> {
  const heartbeats = decoded.flatMap((message) => message.heartbeats);
  const rejects = decoded.flatMap((message) => message.rejects);
  const received = decoded.flatMap((message) => message.rows);
  await lock(transaction, 'host', [
    ...received.map((row) => row.host),
    ...decoded.flatMap((message) => message.stamps.map(({ host }) => host)),
    ...(await hostsReached(transaction, connectionsOf(received))),
  ]);
  const steps = await saveHeartbeats(transaction, heartbeats);
  await saveAddresses(transaction, heartbeats);
  await noteClocks(
    transaction,
    decoded.flatMap((message) => message.stamps),
  );
  const rows = [...received, ...steps.map(silenceBetween).filter((row) => row !== null)];
  const inserted = await insertEvents(transaction, rows);
  const fresh = onceEach(rows, inserted);

  const gaps = fresh.flatMap(({ body }) => (body.kind === 'gap' ? [body] : []));

  await noteHints(transaction, fresh.filter(tellsOfDeath));

  const subjects = await deathsToJudge(transaction, fresh);
  const { judged: found, failed } = await judgeDeaths(transaction, subjects);
  const judged = await markExpected(transaction, found);
  const news = judged.filter(isNews);
  const isNew = ({ death }: Judged) => death.known === null;
  const replaced = await replacedLogDeaths(transaction, news.filter(isNew));
  const grouped = await groupDeaths(transaction, news, [
    ...news.flatMap(placeOf),
    ...replaced.flatMap(placeOfReplaced),
  ]);
  await saveDeaths(transaction, news, grouped);
  await replaceLogDeaths(
    transaction,
    replaced.map(({ old, recorded }) => ({ oldId: old.id, newId: recorded.id })),
  );
  await saveGrouped(transaction, grouped);
  const quarantined = await quarantine(transaction, [...rejects, ...failed.map(unjudged)]);
  const changes = {
    deaths: [...news.map(({ death }) => death.id), ...grouped.moved.map(({ deathId }) => deathId)],
    incidents: grouped.changed.map((incident) => incident.id),
  };
  await notifyChanges(transaction, changes);
  await recordChanges(transaction, changes);
  return {
    events: rows.length,
    newEvents: inserted.size,
    causes: news.filter(isNew).map(({ judgement }) => judgement.answer.verdict.cause),
    revised: news.filter((one) => !isNew(one)).length,
    incidents: grouped.changed.length,
    quarantined,
    heartbeats: heartbeats.length,
    gaps: gaps.length,
    lostRecords: gaps.reduce((sum, { lost }) => sum + (lost ?? 0), 0),
    failed,
  };
}

/** The rows that were not stored before, without those that the batch itself repeats. */
function onceEach(rows: readonly EventRow[], inserted: ReadonlySet<string>): EventRow[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return [...inserted].map((id) => byId.get(id)).filter((row) => row !== undefined);
}

/** New deaths, and known ones that new evidence may tell about. */
async function deathsToJudge(
  transaction: Transaction,
  fresh: readonly EventRow[],
): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const { id, host, boot_id: bootId, body: event, at: diedAt, received_at } of fresh)
    if (event.kind === 'death')
      subjects.push({ id, host, bootId, event, diedAt, receivedAt: received_at, known: null });
  const affected = await affectedDeaths(
    transaction,
    triggersOf(fresh),
    subjects.map((subject) => subject.id),
  );
  for (const { answer, incidentId, actorKey, revision, ...death } of affected)
    subjects.push({ ...death, known: { answer, incidentId, actorKey, revision } });
  return subjects;
}

const tellsOfDeath = (row: EventRow): boolean => deathOfEvent(row) !== null;

/** A new death, or one whose answer is another now. */
function isNews({ death, judgement }: Judged): boolean {
  if (!death.known) return true;
  return !isDeepStrictEqual(death.known.answer, JSON.parse(JSON.stringify(judgement.answer)));
}

async function saveDeaths(
  transaction: Transaction,
  news: readonly Judged[],
  { incidentOf }: Grouped,
): Promise<void> {
  const record = ({ death, judgement }: Judged) => {
    return deathRecord(death.bootId, death.event, judgement, incidentOf.get(death.id) ?? null);
  };
  await insertDeaths(transaction, news.filter(({ death }) => !death.known).map(record));
  await reviseDeaths(transaction, news.filter(({ death }) => death.known).map(record));
}

const unjudged = ({ death, error }: Failed): Reject => ({
  subject: death.host,
  reason: `the rules failed on this death: ${error.message}`,
  payload: Buffer.from(JSON.stringify(death.event)),
});
