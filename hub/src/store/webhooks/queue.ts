import { inTransaction, type Pool, type Queryable } from '../database.ts';
import { isPast } from '../is-past.ts';
import { stillSigning } from './still-signing.ts';
import { switchOff } from './webhooks.ts';

/** Longer than an attempt may take; a hub that died in one is followed by another after it. */
const leaseSeconds = 20;
/** A receiver may ask for 12 h. */
const longestWaitSeconds = 13 * 3_600;
/** Of one webhook in one hub: who is slow keeps nobody else waiting. */
const mostAtOnce = 4;

/** A message that this hub has to send now. */
export interface Taken {
  seq: number;
  id: string;
  webhookId: string;
  url: string;
  /** The newest first: the one that counts, and those before it that still sign. */
  secrets: { number: number; hash: string }[];
  event: string;
  body: string;
  /** This one included; by it the hub knows that the message is still its own. */
  attempts: number;
}

/**
 * Takes messages that are due, under a lease: of one incident only the oldest that waits, of a webhook
 * as many as `busy` (messages under way, by its id) leaves room for.
 */
export async function takeDeliveries(
  pool: Pool,
  busy: ReadonlyMap<string, number>,
): Promise<Taken[]> {
  const { rows } = await pool.query<Taken>({
    name: 'take-deliveries',
    text: `
      with due as (
        select first.seq from webhooks w
        left join unnest($1::text[], $2::integer[]) as busy(id, messages) on busy.id = w.id
        cross join lateral (
          select d.seq from webhook_deliveries d
          where d.webhook_id = w.id and d.state = 'waiting'
            and ${isPast('d.due_at', longestWaitSeconds)}
            and (d.lease_until is null or ${isPast('d.lease_until', leaseSeconds)})
            and not exists (
              select from webhook_deliveries before
              where before.webhook_id = d.webhook_id and before.incident_id = d.incident_id
                and before.state = 'waiting' and before.seq < d.seq)
          order by d.due_at limit greatest(0, ${mostAtOnce} - coalesce(busy.messages, 0))
          for update skip locked) as first
        where w.off_at is null
      ), taken as (
        update webhook_deliveries d
        set attempts = attempts + 1, last_attempt_at = now(),
            lease_until = now() + interval '${leaseSeconds} seconds'
        from due where d.seq = due.seq returning d.*
      )
      select d.seq, d.id, d.webhook_id as "webhookId", d.event, d.body, d.attempts,
             w.url, jsonb_build_object('number', w.secret_number, 'hash', w.secret_hash) || (
               select coalesce(jsonb_agg(s.value - 'until' order by s.place desc), '[]')
               from ${stillSigning}) as secrets
      from taken d join webhooks w on w.id = d.webhook_id order by d.seq`,
    values: [[...busy.keys()], [...busy.values()]],
  });
  return rows;
}

/** What became of an attempt. */
export interface Attempted {
  state: 'waiting' | 'delivered' | 'failed';
  status: number | null;
  reason: string | null;
  /** Until it is tried again. */
  waitMs: number;
}

/** Writes down how an attempt ended, unless its lease was over and another hub has it. */
export function endAttempt(
  on: Queryable,
  { seq, attempts }: Taken,
  { state, status, reason, waitMs }: Attempted,
): Promise<unknown> {
  return on.query({
    name: 'end-attempt',
    text: `
      update webhook_deliveries
      set state = $3, status = $4, reason = $5, lease_until = null,
          due_at = now() + make_interval(secs => $6::double precision / 1000)
      where seq = $1 and attempts = $2 and state = 'waiting'`,
    values: [seq, attempts, state, status, reason, waitMs],
  });
}

/** The receiver wants no more: nothing is sent there until somebody switches it on again. */
export function endWebhook(pool: Pool, taken: Taken, ended: Attempted): Promise<void> {
  return inTransaction(pool, async (transaction) => {
    await endAttempt(transaction, taken, ended);
    await switchOff(transaction, taken.webhookId, ended.reason ?? '');
  });
}

/** The hub stops in the middle of an attempt: another may have it at once. */
export function giveBack(on: Queryable, { seq, attempts }: Taken): Promise<unknown> {
  return on.query({
    name: 'give-delivery-back',
    text: `
      update webhook_deliveries set lease_until = null, due_at = now()
      where seq = $1 and attempts = $2 and state = 'waiting'`,
    values: [seq, attempts],
  });
}
