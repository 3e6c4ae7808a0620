import type { Event } from '@coroner/schema/event/event';
import type { Transaction } from '../database.ts';
import { evidenceWindows } from './evidence-window.ts';

/** Deaths of one host that are close enough in time to share their evidence. */
export interface Neighbourhood {
  host: string;
  from: string;
  until: string;
  deaths: number;
}

/** An event with its time: its own, or that of its receipt. */
export interface DatedEvent {
  event: Event;
  at: string;
  bootId: string;
}

const fewestRows = 50;
const mostRows = 1_000;
const rowsForEachDeath = 2;

/**
 * The events around each neighbourhood, in the order of `of`: for each kind the nearest within its
 * window, so that a flood of one kind hides no other. One statement for all.
 */
export async function loadEvidence(
  transaction: Transaction,
  of: readonly Neighbourhood[],
): Promise<DatedEvent[][]> {
  if (of.length === 0) return [];
  const wanted = of.map(({ host, from, until, deaths }, place) => ({
    place,
    host,
    from,
    until,
    most: Math.min(mostRows, fewestRows + rowsForEachDeath * deaths),
  }));
  const { rows } = await transaction.query<{
    place: number;
    at: string;
    bootId: string;
    body: Event;
  }>({
    name: 'load-evidence',
    text: `
      select n.place, e.at, e.boot_id as "bootId", e.body
      from jsonb_to_recordset($1::jsonb)
             as n(place integer, host text, "from" timestamptz, until timestamptz, most integer)
      cross join unnest($2::text[], $3::integer[], $4::integer[]) as w(kind, back, ahead)
      cross join lateral (
        (select at, boot_id, body from events
         where host = n.host and events.kind = w.kind and events.kind <> 'death'
           and at <= n.until and at >= n."from" - make_interval(secs => w.back)
         order by at desc limit n.most)
        union all
        (select at, boot_id, body from events
         where host = n.host and events.kind = w.kind and events.kind <> 'death'
           and at > n.until and at <= n.until + make_interval(secs => w.ahead)
         order by at limit n.most)
      ) e`,
    values: [
      JSON.stringify(wanted),
      evidenceWindows.map((window) => window.kind),
      evidenceWindows.map((window) => window.backSeconds),
      evidenceWindows.map((window) => window.aheadSeconds),
    ],
  });
  const evidence: DatedEvent[][] = of.map(() => []);
  for (const { place, body: event, at, bootId } of rows)
    evidence[place]?.push({ event, at, bootId });
  return evidence;
}
