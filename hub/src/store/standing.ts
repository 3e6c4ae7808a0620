import type { Queryable } from './database.ts';

/** How much waits in Postgres and how large it is, for the metrics. */
export interface Standing {
  outboxWaiting: number;
  outboxOldestSeconds: number;
  webhooksOn: number;
  webhooksOff: number;
  /** Of webhooks that are on. */
  deliveriesWaiting: number;
  deliveriesOldestSeconds: number;
  /** Heard within the last minute. */
  hostsReporting: number;
  /** Heard within the last day, and not within the last minute. */
  hostsSilent: number;
  /** Not heard for longer. */
  hostsGone: number;
  databaseBytes: number;
}

const age = (column: string): string =>
  `coalesce(greatest(0, extract(epoch from now() - min(${column}))), 0)::double precision`;

export async function standingOf(on: Queryable): Promise<Standing> {
  const { rows } = await on.query<Standing>({
    name: 'standing',
    text: `
      select o.*, w.*, d.*, h.*, pg_database_size(current_database()) as "databaseBytes"
      from (select count(*) as "outboxWaiting", ${age('created_at')} as "outboxOldestSeconds"
            from outbox) o,
           (select count(*) filter (where off_at is null) as "webhooksOn",
                   count(*) filter (where off_at is not null) as "webhooksOff"
            from webhooks) w,
           (select count(*) as "deliveriesWaiting",
                   ${age('d.created_at')} as "deliveriesOldestSeconds"
            from webhook_deliveries d join webhooks w on w.id = d.webhook_id
            where d.state = 'waiting' and w.off_at is null) d,
           (select count(*) filter (where seen < 60) as "hostsReporting",
                   count(*) filter (where seen >= 60 and seen < 86400) as "hostsSilent",
                   count(*) filter (where seen >= 86400) as "hostsGone"
            from (select extract(epoch from now() - last_seen_at) as seen from hosts) s) h`,
  });
  const [standing] = rows;
  if (!standing) throw new Error('Postgres did not say how much waits');
  return standing;
}
