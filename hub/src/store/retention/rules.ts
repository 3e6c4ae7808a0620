import { isOrdinary, isToldOnce } from '@coroner/schema/tables/events';
import type { Retention } from './retention.ts';

/** One thing that is forgotten. */
export interface Rule {
  /** As metrics and log call it. */
  what: string;
  /** After how many days; 0: never. */
  days: (keep: Retention) => number;
  /** Forgets at most $2 rows that are older than $1 days, the oldest first. */
  text: string;
}

/** Evidence stays a day longer than the death that it is about: that is never judged anew without it. */
const marginDays = 1;

const old = 'now() - make_interval(days => $1::integer)';
const days =
  (kind: keyof Retention) =>
  (keep: Retention): number =>
    keep[kind];

/** Ids as an array: the plan, which knows no number of rows, then never reads the whole table. */
const events = (which: string): string => `
  delete from events where id = any(array(
    select id from events e where ${which} and received_at < ${old} order by received_at limit $2))`;

/** A crontab line that still stands is told when it is first seen, and never again. */
const isNewestOfLine = `(kind = 'cron-job' and not exists (
  select from events newer
  where newer.kind = 'cron-job' and newer.host = e.host
    and (newer.body ->> 'file') collate "C" = (e.body ->> 'file') collate "C"
    and (newer.body ->> 'line')::integer = (e.body ->> 'line')::integer
    and (newer.at, newer.received_at, newer.id) > (e.at, e.received_at, e.id)))`;

/** A death of an incident goes with the incident: its first death stands for all. */
const deaths = `
  with old as (
    select d.id from deaths d
    where d.stored_at < ${old}
      and not exists (select from incidents i where i.id = d.incident_id and i.last_at >= ${old})
    order by d.stored_at limit $2
  ), revised as (delete from death_revisions where death_id = any(array(select id from old)))
  delete from deaths where id = any(array(select id from old))`;

const incidents = `
  with old as (
    select i.id from incidents i
    where i.last_at < ${old} and not exists (select from deaths d where d.incident_id = i.id)
    order by i.last_at limit $2
  ), keys as (delete from incident_keys where incident_id = any(array(select id from old))
  ), destinations as (
    delete from alert_destinations where incident_id = any(array(select id from old))
  ), told as (delete from webhook_incidents where incident_id = any(array(select id from old))
  ), states as (delete from incident_states where incident_id = any(array(select id from old))
  ), actions as (delete from incident_actions where incident_id = any(array(select id from old)))
  delete from incidents where id = any(array(select id from old))`;

const rules = `
  delete from expected_rules where id = any(array(
    select id from expected_rules where until_at < ${old} order by until_at limit $2))`;

const quarantine = `
  delete from quarantine where seq = any(array(
    select seq from quarantine where received_at < ${old} order by received_at limit $2))`;

const tokens = `
  delete from api_tokens where id = any(array(
    select id from api_tokens where least(expires_at, revoked_at) < ${old} limit $2))`;

const links = `
  delete from sign_in_links where code_hash = any(array(
    select code_hash from sign_in_links where expires_at < ${old} limit $2))`;

const deliveries = `
  delete from webhook_deliveries where seq = any(array(
    select seq from webhook_deliveries where created_at < ${old} order by created_at limit $2))`;

/** In the order in which they are carried out: what is about a death goes after it. */
export const retentionRules: readonly Rule[] = [
  { what: 'death-records', days: days('events'), text: events(`kind = 'death'`) },
  {
    what: 'events',
    days: ({ events }) => (events === 0 ? 0 : events + marginDays),
    text: events(isOrdinary),
  },
  {
    what: 'told-once',
    days: ({ deaths }) => (deaths === 0 ? 0 : deaths + marginDays),
    text: events(`${isToldOnce} and not ${isNewestOfLine}`),
  },
  { what: 'deaths', days: days('deaths'), text: deaths },
  { what: 'incidents', days: days('deaths'), text: incidents },
  { what: 'expected-rules', days: days('deaths'), text: rules },
  { what: 'quarantine', days: days('quarantine'), text: quarantine },
  { what: 'tokens', days: days('access'), text: tokens },
  { what: 'webhook-deliveries', days: days('deliveries'), text: deliveries },
  { what: 'sign-in-links', days: days('access'), text: links },
];
