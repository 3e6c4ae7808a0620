import type { Queryable } from '../database.ts';
import { silentAfterSeconds } from '../hosts/silent-hosts.ts';
import {
  type CronFilter,
  type CronLine,
  type CronPosition,
  standingLines,
} from './list-cron-jobs.ts';

/** A schedule, as written, in the zone that it is read in, and how many lines have it. */
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
const timed = `body ->> 'job' is null`;
const zone = `coalesce(body ->> 'timeZone', 'UTC')`;

/** The schedules of all lines that fit: thousands of hosts share few of them. */
export async function schedulesOf(on: Queryable, filter: CronFilter): Promise<Scheduled[]> {
  const values: unknown[] = [];
  const { rows } = await on.query<Scheduled>(
    `select body ->> 'schedule' as schedule, ${zone} as "timeZone", count(*)::integer as lines
     from (${standingLines(filter, null, values)}) standing
     where ${timed} group by 1, 2`,
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
    ? `where (due.at, standing.host, file, line) > (${parameter(position.at)}::text,
         ${parameter(position.host)}::text, ${parameter(position.file)}::text,
         ${parameter(position.line)}::integer)`
    : '';
  const { rows } = await on.query<DueLine>(
    `select standing.host, file, line, standing.at as "readAt", body as event, due.at as "dueAt",
            coalesce(h.last_seen_at < now() - make_interval(secs => ${silentAfterSeconds}), true)
              as "hostSilent"
     from (select at collate "C" as at, schedule, "timeZone"
           from jsonb_to_recordset($2::jsonb) as d(at text, schedule text, "timeZone" text)) due
     join (${standingLines(filter, null, values)}) standing
       on body ->> 'schedule' = due.schedule and ${zone} = due."timeZone" and ${timed}
     left join hosts h on h.host = standing.host
     ${behind}
     order by due.at, standing.host, file, line limit $1`,
    values,
  );
  return rows;
}
