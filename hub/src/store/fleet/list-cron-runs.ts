import type { CronRun } from '@coroner/schema/http/cron-runs';
import type { Queryable } from '../database.ts';
import type { Position } from '../lists/drizzle.ts';

export interface CronRunFilter {
  host?: string | undefined;
  user?: string | undefined;
  /** Text that the command holds. */
  command?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

/** One round of reading: what fits among `read` runs, and the last of these. */
export interface CronRunsRead {
  runs: Omit<CronRun, 'job' | 'end'>[];
  read: number;
  last: Position | null;
}

/** Runs, newest first, among the `most` behind `position`: for a rare command or user nobody walks to the end of history. */
export async function readCronRuns(
  on: Queryable,
  { host, user, command, since, until }: CronRunFilter,
  position: Position | null,
  most: number,
): Promise<CronRunsRead> {
  const conditions = [`kind = 'cron-run'`];
  const values: unknown[] = [most];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  if (host !== undefined) conditions.push(`host = ${parameter(host)}`);
  if (since !== undefined) conditions.push(`at >= ${parameter(since)}::timestamptz`);
  if (until !== undefined) conditions.push(`at <= ${parameter(until)}::timestamptz`);
  if (position)
    conditions.push(
      `(at, id) < (${parameter(position.at)}::timestamptz, ${parameter(position.id)}::text)`,
    );
  const wanted = ['true'];
  if (user !== undefined) wanted.push(`(body ->> 'user') is not distinct from ${parameter(user)}`);
  if (command !== undefined)
    wanted.push(`position(${parameter(command)}::text in body ->> 'command') > 0`);
  const fits = wanted.join(' and ');
  const { rows } = await on.query<CronRunsRead['runs'][number] & { fits: boolean }>(
    `select id as "eventId", host, at, body ->> 'user' as user, pid, ${fits} as fits,
            case when ${fits} then body ->> 'command' else '' end as command
     from events where ${conditions.join(' and ')}
     order by at desc, id desc limit $1`,
    values,
  );
  const last = rows.at(-1);
  return {
    runs: rows.filter((row) => row.fits).map(({ fits: _, ...run }) => run),
    read: rows.length,
    last: last ? { at: last.at, id: last.eventId } : null,
  };
}

type Around = Pick<CronRun, 'job' | 'end'>;

/** cron tells of a run in the second in which its process begins. */
const toleranceSeconds = 10;

/**
 * Of each run, in their order: the line of the crontab as it was last read, where one alone has its
 * command and user, and the death of its process, where that began when the run did.
 */
export async function aroundCronRuns(
  on: Queryable,
  runs: readonly CronRunsRead['runs'][number][],
): Promise<Around[]> {
  if (runs.length === 0) return [];
  const { rows } = await on.query<Around>({
    name: 'around-cron-runs',
    text: `
      select jobs.job, ends.end
      from unnest($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::integer[])
        with ordinality as run(host, at, "user", command, pid, place)
      left join lateral (
        select case when count(*) = 1 then (array_agg(job))[1] end as job
        from (select distinct on ((body ->> 'file') collate "C", (body ->> 'line')::integer)
                jsonb_build_object('file', body ->> 'file', 'line', (body ->> 'line')::integer,
                  'schedule', body ->> 'schedule') as job, body
              from events e
              where e.kind = 'cron-job' and e.host = run.host
              order by (body ->> 'file') collate "C", (body ->> 'line')::integer,
                       at desc, received_at desc) newest
        where body ->> 'command' = run.command
          and (body -> 'removed') is distinct from 'true'::jsonb
          and (body ->> 'user' is null or body ->> 'user' = run."user")) jobs on true
      left join lateral (
        select jsonb_build_object('deathId', d.id,
                 'at', to_char(d.died_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                 'exitCode', d.answer #> '{death,exitCode}', 'signal', d.answer #> '{death,signal}',
                 'cause', d.cause, 'summary', d.summary) as end
        from deaths d
        where d.host = run.host and d.pid = run.pid
          and d.died_at >= run.at - make_interval(secs => ${toleranceSeconds})
          and abs(extract(epoch from
                (d.answer #>> '{death,startedAt}')::timestamptz - run.at)) <= ${toleranceSeconds}
        order by d.died_at limit 1) ends on true
      order by run.place`,
    values: [
      runs.map(({ host }) => host),
      runs.map(({ at }) => at),
      runs.map(({ user }) => user),
      runs.map(({ command }) => command),
      runs.map(({ pid }) => pid),
    ],
  });
  return rows;
}
