import type { EventOf } from '@coroner/schema/event/event';
import type { Queryable } from '../database.ts';

/** The newest reading of a line of a crontab. */
export interface CronLine {
  host: string;
  file: string;
  line: number;
  readAt: string;
  event: EventOf<'cron-job'>;
}

export interface CronFilter {
  host?: string | undefined;
  user?: string | undefined;
  /** Text that the command holds. */
  command?: string | undefined;
}

/** Where a page ended. */
export type CronPosition = Pick<CronLine, 'host' | 'file' | 'line'>;

/** Lines that stand in the crontabs, as they were last read, by host, file and line. */
export async function listCronLines(
  on: Queryable,
  filter: CronFilter,
  position: CronPosition | null,
  most: number,
): Promise<CronLine[]> {
  const conditions = [`kind = 'cron-job'`];
  const values: unknown[] = [most];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  if (filter.host !== undefined) conditions.push(`host = ${parameter(filter.host)}`);
  if (position)
    conditions.push(
      `(host, ${file}, ${line}) > (${parameter(position.host)}::text, ${parameter(position.file)}::text, ${parameter(position.line)}::integer)`,
    );
  const still = [`(body -> 'removed') is distinct from 'true'::jsonb`];
  if (filter.user !== undefined) still.push(`body ->> 'user' = ${parameter(filter.user)}`);
  if (filter.command !== undefined)
    still.push(`position(${parameter(filter.command)}::text in body ->> 'command') > 0`);
  const { rows } = await on.query<CronLine>(
    `select host, file, line, at as "readAt", body as event
     from (select distinct on (host, ${file}, ${line})
             host, ${file} as file, ${line} as line, at, body
           from events where ${conditions.join(' and ')}
           order by host, ${file}, ${line}, at desc, received_at desc) newest
     where ${still.join(' and ')}
     order by host, file, line limit $1`,
    values,
  );
  return rows;
}

/** As the index has them. */
const file = `((body ->> 'file') collate "C")`;
const line = `((body ->> 'line')::integer)`;
