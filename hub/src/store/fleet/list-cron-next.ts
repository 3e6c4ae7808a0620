import type { Queryable } from '../database.ts';
import { silentAfterSeconds } from '../hosts/silent-hosts.ts';
import type { CronFilter, CronLine, CronPosition } from './list-cron-jobs.ts';

/** A schedule, as written, in the zone that it is read in, and how many lines have it at most. */
export interface Scheduled {
  schedule: string;
  timeZone: string;
  lines: number;
}

/** When what has that schedule runs; `at` as `toISOString` writes it, which sorts as text. */
export interface Due extends Pick<Scheduled, 'schedule' | 'timeZone'> {
  at: string;
}

export interface DueLine extends CronLine {
  dueAt: string;
  hostSilent: boolean;
}

/** Anacron's have a period and no time. */
const timed = `kind = 'cron-job' and body ->> 'job' is null`;
const zone = `coalesce(body ->> 'timeZone', 'UTC')`;
const file = `((body ->> 'file') collate "C")`;
const line = `((body ->> 'line')::integer)`;

/**
 * The schedules of all lines that fit, thousands of hosts share few of them: also those that lines
 * had before, for which of a line's readings is the newest is cheaper to ask of few.
 */
export async function schedulesOf(on: Queryable, filter: CronFilter): Promise<Scheduled[]> {
  const values: unknown[] = [];
  const { rows } = await on.query<Scheduled>(
    `select body ->> 'schedule' as schedule, ${zone} as "timeZone", count(*)::integer as lines
     from events where ${conditionOf(filter, values)} group by 1, 2`,
    values,
  );
  return rows;
}

/** Lines with these schedules at their times, in order of time, host, file and line, from behind `position` on. */
export async function linesDue(
  on: Queryable,
  filter: CronFilter,
  due: readonly Due[],
  position: (CronPosition & { at: string }) | null,
  most: number,
): Promise<DueLine[]> {
  if (due.length === 0) return [];
  const values: unknown[] = [most, JSON.stringify(due)];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const behind = position
    ? `and (due.at, read.host, read.file, read.line) > (${parameter(position.at)}::text,
         ${parameter(position.host)}::text, ${parameter(position.file)}::text,
         ${parameter(position.line)}::integer)`
    : '';
  const { rows } = await on.query<DueLine>(
    `select read.host, read.file, read.line, read.at as "readAt", read.body as event,
            due.at as "dueAt",
            coalesce(h.last_seen_at < now() - make_interval(secs => ${silentAfterSeconds}), true)
              as "hostSilent"
     from (select at collate "C" as at, schedule, "timeZone"
           from jsonb_to_recordset($2::jsonb) as d(at text, schedule text, "timeZone" text)) due
     join (select id, host, at, received_at, body, ${file} as file, ${line} as line,
                  body ->> 'schedule' as schedule, ${zone} as zone
           from events
           where ${conditionOf(filter, values)}
             and (body -> 'removed') is distinct from 'true'::jsonb) read
       on read.schedule = due.schedule and read.zone = due."timeZone"
     left join hosts h on h.host = read.host
     where not exists (
         select from events
         where kind = 'cron-job' and events.host = read.host
           and ${file} = read.file and ${line} = read.line
           and (events.at, events.received_at, events.id) > (read.at, read.received_at, read.id))
       ${behind}
     order by due.at, read.host, read.file, read.line limit $1`,
    values,
  );
  return rows;
}

function conditionOf({ host, user, command }: CronFilter, values: unknown[]): string {
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions = [timed];
  if (host !== undefined) conditions.push(`host = ${parameter(host)}`);
  if (user !== undefined) conditions.push(`body ->> 'user' = ${parameter(user)}`);
  if (command !== undefined)
    conditions.push(`position(${parameter(command)}::text in body ->> 'command') > 0`);
  return conditions.join(' and ');
}
