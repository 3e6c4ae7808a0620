import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './instant.ts';

/**
 * Kinds that are told once and count for as long as the session, the crontab, the boot or the
 * connection lasts: kept as long as deaths are. In the order of the index.
 */
export const toldOnce = [
  ...['login', 'logout', 'cron-job', 'cron-run', 'boot', 'shutdown', 'agent-start', 'agent-stop'],
  ...['ssh-client', 'package-change'],
] as const;

const listed = (kinds: readonly string[]): string => kinds.map((kind) => `'${kind}'`).join(', ');
/** Conditions of the indexes by which events are forgotten. */
export const isToldOnce = `kind in (${listed(toldOnce)})`;
export const isOrdinary = `kind not in (${listed(['death', ...toldOnce])})`;

/** Every event as it came, once: `id` is deterministic. */
export const events = pgTable(
  'events',
  {
    id: text('id').primaryKey(),
    host: text('host').notNull(),
    bootId: text('boot_id').notNull(),
    kind: text('kind').notNull(),
    source: text('source').notNull(),
    /** The event's own time, or when it was received where it has none. */
    at: instant('at').notNull(),
    /** Of the process that the event is about: the victim, the target of a kill. */
    pid: integer('pid'),
    comm: text('comm'),
    body: jsonb('body').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [
    index('events_host_at').on(table.host, table.at.desc(), table.id.desc()),
    index('events_kind_at').on(table.kind, table.at.desc()),
    index('events_user')
      .on(sql`(body ->> 'user')`, table.at.desc())
      .where(sql`body ->> 'user' is not null`),
    index('events_comm').on(table.comm, table.at.desc()).where(sql`comm is not null`),
    // Deaths come in storms; the evidence around one must not be searched among them.
    index('events_evidence').on(table.host, table.kind, table.at).where(sql`kind <> 'death'`),
    // Who stands behind a process is told long before it does something.
    index('events_person_pid')
      .on(table.host, table.pid, table.at.desc())
      .where(sql`kind in ('login', 'cron-run')`),
    index('events_login_session')
      .on(table.host, sql`(body->>'session')`, table.at.desc())
      .where(sql`kind = 'login'`),
    index('events_login_tty')
      .on(table.host, sql`(body->>'tty')`, table.at.desc())
      .where(sql`kind = 'login'`),
    index('events_login_user')
      .on(sql`(body ->> 'user')`, table.at.desc())
      .where(sql`kind = 'login'`),
    index('events_login_audit_user')
      .on(sql`(body ->> 'auditUser')`, table.at.desc())
      .where(sql`kind = 'login'`),
    index('events_login_from')
      .on(sql`(body ->> 'from')`, table.at.desc())
      .where(sql`kind = 'login'`),
    index('events_logins').on(table.at.desc(), table.id.desc()).where(sql`kind = 'login'`),
    index('events_cron_runs').on(table.at.desc(), table.id.desc()).where(sql`kind = 'cron-run'`),
    index('events_cron_jobs')
      .on(
        table.host,
        sql`(body ->> 'file') collate "C"`,
        sql`((body ->> 'line')::integer)`,
        table.at.desc(),
        table.receivedAt.desc(),
      )
      .where(sql`kind = 'cron-job'`),
    index('events_death_received').on(table.receivedAt).where(sql`kind = 'death'`),
    index('events_once_received').on(table.receivedAt).where(sql.raw(isToldOnce)),
    index('events_received').on(table.receivedAt).where(sql.raw(isOrdinary)),
  ],
);
