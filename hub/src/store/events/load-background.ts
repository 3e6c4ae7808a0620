import type { Event } from '@coroner/schema/event/event';
import type { Traces } from '@coroner/schema/verdict/origin/traces';
import type { Transaction } from '../database.ts';

/** A death, and by what the logins and cron lines behind it are found. */
export interface Traced {
  id: string;
  host: string;
  bootId: string;
  diedAt: string;
  traces: Traces;
  /** The death is that of the host itself: its next boot tells of it, whenever that was. */
  isHost: boolean;
}

/** Newest logins looked at for one pid, session or terminal: numbers and names are used again. */
const mostLogins = 8;
const mostCronLines = 5_000;
/** Logs arrive later than the kernel's records, and clocks of logs are coarse. */
const aheadSeconds = 60;
const slackSeconds = 5;

/** The logins, cron runs and cron lines behind each death, by its id, however long ago they were told. */
export async function loadBackground(
  transaction: Transaction,
  deaths: readonly Traced[],
): Promise<Map<string, Event[]>> {
  const background = new Map<string, Event[]>();
  const people = deaths.filter(({ traces }) => traces.pids.length > 0);
  for (const { id, body } of await loadPeople(transaction, people))
    background.set(id, [...(background.get(id) ?? []), body]);
  const scheduled = deaths.filter(({ traces }) => traces.isScheduled);
  const lines = await loadCronLines(transaction, scheduled);
  for (const { id, host, bootId } of scheduled) {
    const ofHost = (lines.get(host) ?? []).map((line) => inBoot(line, bootId));
    background.set(id, [...(background.get(id) ?? []), ...ofHost]);
  }
  const hosts = deaths.filter(({ isHost }) => isHost);
  for (const { id, body } of await loadNextBoots(transaction, hosts))
    background.set(id, [...(background.get(id) ?? []), body]);
  return background;
}

/** The first boot after each of these, as an agent told it. */
async function loadNextBoots(
  transaction: Transaction,
  deaths: readonly Traced[],
): Promise<{ id: string; body: Event }[]> {
  if (deaths.length === 0) return [];
  const { rows } = await transaction.query<{ id: string; body: Event }>({
    name: 'load-next-boots',
    text: `
      select d.id, e.body
      from jsonb_to_recordset($1::jsonb) as d(id text, host text, "diedAt" timestamptz)
      cross join lateral (
        select body from events
        where events.host = d.host and kind = 'boot' and kind <> 'death' and source = 'agent'
          and at >= d."diedAt" - interval '${slackSeconds} seconds'
        order by at limit 1) e`,
    values: [JSON.stringify(deaths.map(({ id, host, diedAt }) => ({ id, host, diedAt })))],
  });
  return rows;
}

async function loadPeople(
  transaction: Transaction,
  deaths: readonly Traced[],
): Promise<{ id: string; body: Event }[]> {
  if (deaths.length === 0) return [];
  const wanted = deaths.map(({ id, host, diedAt, traces }) => ({
    id,
    host,
    at: diedAt,
    ...traces,
  }));
  const { rows } = await transaction.query<{ id: string; body: Event }>({
    name: 'load-people',
    text: `
      with death as (
        select *, at + make_interval(secs => $2) as until
        from jsonb_to_recordset($1::jsonb) as d(
          id text, host text, at timestamptz, pids integer[], sessions text[], ttys text[]))
      select d.id, e.body
      from death d cross join unnest(d.pids) as pid cross join lateral (
        select body from events
        where events.host = d.host and events.pid = pid.pid and events.at <= d.until
          and kind in ('login', 'cron-run')
        order by events.at desc limit $3) e
      union
      select d.id, e.body
      from death d cross join unnest(d.sessions) as session cross join lateral (
        select body from events
        where events.host = d.host and events.body->>'session' = session.session
          and events.at <= d.until and kind = 'login'
        order by events.at desc limit $3) e
      union
      select d.id, e.body
      from death d cross join unnest(d.ttys) as tty cross join lateral (
        select body from events
        where events.host = d.host and events.body->>'tty' = tty.tty
          and events.at <= d.until and kind = 'login'
        order by events.at desc limit $3) e`,
    values: [JSON.stringify(wanted), aheadSeconds, mostLogins],
  });
  return rows;
}

interface Told {
  bootId: string;
  body: Event;
}

/** A time since another boot is none in this one. */
const inBoot = ({ bootId, body }: Told, of: string): Event =>
  bootId === of ? body : { ...body, bootUs: null };

async function loadCronLines(
  transaction: Transaction,
  deaths: readonly Traced[],
): Promise<Map<string, Told[]>> {
  const lines = new Map<string, Told[]>();
  const hosts = [...new Set(deaths.map(({ host }) => host))];
  if (hosts.length === 0) return lines;
  const { rows } = await transaction.query<Told & { host: string }>({
    name: 'load-cron-lines',
    text: `
      select h.host, e.boot_id as "bootId", e.body
      from unnest($1::text[]) as h(host) cross join lateral (
        select boot_id, body from events
        where events.host = h.host and kind = 'cron-job' and kind <> 'death'
        order by at desc limit $2) e`,
    values: [hosts, mostCronLines],
  });
  for (const { host, ...told } of rows) {
    const known = lines.get(host);
    if (known) known.push(told);
    else lines.set(host, [told]);
  }
  return lines;
}
