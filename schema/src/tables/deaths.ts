import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Cause } from '../cause.ts';
import type { Confidence } from '../confidence.ts';
import type { Answer } from '../http/answer.ts';
import { instant } from './instant.ts';

/** What is stored of an answer: all but what is looked up when somebody asks. */
export type StoredAnswer = Omit<Answer, 'related' | 'others' | 'revision' | 'revisions'>;

/** One row a death, with its newest verdict. */
export const deaths = pgTable(
  'deaths',
  {
    /** Also the id of the death event. */
    id: text('id').primaryKey(),
    host: text('host').notNull(),
    bootId: text('boot_id').notNull(),
    pid: integer('pid').notNull(),
    comm: text('comm').notNull(),
    /** Base name of the executable, and the other names it can be asked for by; null where equal to comm. */
    exeName: text('exe_name'),
    argv0: text('argv0'),
    argv0Name: text('argv0_name'),
    unit: text('unit'),
    userName: text('user_name'),
    diedAt: instant('died_at').notNull(),
    /** By the hub's clock, where the host's own said another time. */
    happenedAt: instant('happened_at'),
    cause: text('cause').$type<Cause>().notNull(),
    confidence: text('confidence').$type<Confidence>().notNull(),
    summary: text('summary').notNull(),
    /** Equal for deaths by the same process. */
    actorKey: text('actor_key'),
    actorUser: text('actor_user'),
    incidentId: text('incident_id'),
    /** Known from a log line alone; a probe's record of the same death replaces it. */
    fromLog: boolean('from_log').notNull().default(false),
    revision: integer('revision').notNull().default(1),
    answer: jsonb('answer').$type<StoredAnswer>().notNull(),
    /** By the hub's clock: how long it is kept counts from here. */
    storedAt: instant('stored_at').notNull().default(sql`now()`),
  },
  (table) => [
    index('deaths_died_at').on(table.diedAt.desc(), table.id.desc()),
    index('deaths_cause').on(table.cause, table.diedAt.desc(), table.id.desc()),
    index('deaths_host_died_at').on(table.host, table.diedAt.desc(), table.id.desc()),
    index('deaths_host_pid').on(table.host, table.pid, table.diedAt.desc()),
    index('deaths_host_comm').on(table.host, table.comm, table.diedAt.desc()),
    // Beside those that begin with the name: a unit may be on thousands of hosts.
    index('deaths_host_exe_name')
      .on(table.host, table.exeName, table.diedAt.desc())
      .where(sql`exe_name is not null`),
    index('deaths_host_argv0')
      .on(table.host, table.argv0, table.diedAt.desc())
      .where(sql`argv0 is not null`),
    index('deaths_host_argv0_name')
      .on(table.host, table.argv0Name, table.diedAt.desc())
      .where(sql`argv0_name is not null`),
    index('deaths_host_unit')
      .on(table.host, table.unit, table.diedAt.desc())
      .where(sql`unit is not null`),
    index('deaths_comm').on(table.comm, table.diedAt.desc()),
    index('deaths_exe_name')
      .on(table.exeName, table.diedAt.desc())
      .where(sql`exe_name is not null`),
    index('deaths_argv0').on(table.argv0, table.diedAt.desc()).where(sql`argv0 is not null`),
    index('deaths_argv0_name')
      .on(table.argv0Name, table.diedAt.desc())
      .where(sql`argv0_name is not null`),
    index('deaths_unit').on(table.unit, table.diedAt.desc()).where(sql`unit is not null`),
    index('deaths_user_name')
      .on(table.userName, table.diedAt.desc())
      .where(sql`user_name is not null`),
    index('deaths_actor_user')
      .on(table.actorUser, table.diedAt.desc())
      .where(sql`actor_user is not null`),
    index('deaths_actor_key')
      .on(table.actorKey, table.diedAt.desc())
      .where(sql`actor_key is not null`),
    // Those that may still be part of what befell others: few, where all of an actor are many.
    index('deaths_taken_along')
      .on(table.actorKey, table.diedAt)
      .where(sql`incident_id is null and (cause = 'parent-died' or confidence = 'possible')`),
    index('deaths_unexplained')
      .on(table.host, table.diedAt)
      .where(sql`incident_id is null and cause = 'unknown'`),
    index('deaths_by_somebody')
      .on(table.host, table.diedAt.desc())
      .where(sql`actor_key is not null or actor_user is not null or cause = 'hangup'`),
    index('deaths_from_address')
      .on(sql`(answer #>> '{actor,origin,from}')`, table.diedAt)
      .where(sql`answer #>> '{actor,origin,from}' is not null`),
    index('deaths_from_log').on(table.host, table.pid, table.diedAt).where(sql`from_log`),
    index('deaths_by_cron')
      .on(
        table.host,
        sql`(answer #>> '{actor,origin,file}')`,
        sql`(answer #>> '{actor,origin,command}')`,
        table.diedAt.desc(),
      )
      .where(sql`answer #>> '{actor,origin,type}' = 'cron'`),
    index('deaths_incident').on(table.incidentId).where(sql`incident_id is not null`),
    index('deaths_stored_at').on(table.storedAt),
  ],
);

/** What the answer for a death was before evidence changed it. */
export const deathRevisions = pgTable(
  'death_revisions',
  {
    deathId: text('death_id').notNull(),
    revision: integer('revision').notNull(),
    answer: jsonb('answer').$type<StoredAnswer>().notNull(),
    replacedAt: instant('replaced_at').notNull().default(sql`now()`),
  },
  (table) => [primaryKey({ columns: [table.deathId, table.revision] })],
);

/** Every name that a death can be asked for by, once: a loose match searches here, not in all deaths. */
export const processNames = pgTable('process_names', {
  name: text('name').primaryKey(),
});
