import type { NewWebhook, Webhook } from '@coroner/schema/http/webhooks';
import { inTransaction, type Pool, type Queryable } from '../database.ts';
import { stillSigning } from './still-signing.ts';

const columns = `w.id, w.name, w.url, w.match, w.events, w.created_at as "createdAt",
  w.created_by as "createdBy", w.off_because as "offBecause",
  case when w.off_at is null then 'on' else 'off' end as state,
  (select max((s.value ->> 'until')::timestamptz) from ${stillSigning}) as "earlierSecretUntil",
  (select count(*) from webhook_deliveries d
   where d.webhook_id = w.id and d.state = 'waiting') as waiting,
  (select count(*) from webhook_deliveries d
   where d.webhook_id = w.id and d.state = 'failed') as failed`;
/** Each may hold a few connections of each hub. */
export const mostWebhooks = 100;

type Row = Omit<Webhook, 'events'> & { events: Webhook['events'] | null };
const webhookOf = ({ events, ...row }: Row): Webhook => ({ ...row, ...(events && { events }) });

/** What is stored of a new webhook. */
interface WebhookToStore extends NewWebhook {
  id: string;
  secretHash: string;
  createdBy: string;
}

/** Null when there are as many as there may be. */
export async function addWebhook(on: Queryable, one: WebhookToStore): Promise<Webhook | null> {
  const { rows } = await on.query<Row>({
    name: 'add-webhook',
    text: `
      with w as (
        insert into webhooks (id, name, url, match, events, secret_hash, created_by)
        select $1, $2, $3, $4::jsonb, $5::text[], $6, $7
        where (select count(*) from webhooks) < ${mostWebhooks} returning *)
      select ${columns} from w`,
    values: [
      ...[one.id, one.name, one.url, JSON.stringify(one.match), one.events ?? null],
      ...[one.secretHash, one.createdBy],
    ],
  });
  return rows[0] ? webhookOf(rows[0]) : null;
}

/** The oldest first. */
export async function listWebhooks(on: Queryable): Promise<Webhook[]> {
  const { rows } = await on.query<Row>({
    name: 'list-webhooks',
    text: `select ${columns} from webhooks w order by w.created_at, w.id`,
  });
  return rows.map(webhookOf);
}

/** Those that something is sent to, without their counts: who hears of an incident. */
export async function listeningWebhooks(
  on: Queryable,
): Promise<Pick<Webhook, 'id' | 'match' | 'events'>[]> {
  const { rows } = await on.query<Row>({
    name: 'listening-webhooks',
    text: 'select id, match, events from webhooks where off_at is null order by id',
  });
  return rows.map(webhookOf);
}

export async function findWebhook(on: Queryable, id: string): Promise<Webhook | null> {
  const { rows } = await on.query<Row>({
    name: 'find-webhook',
    text: `select ${columns} from webhooks w where w.id = $1`,
    values: [id],
  });
  return rows[0] ? webhookOf(rows[0]) : null;
}

/** Removes a webhook with its deliveries, and returns it; null when there is none. */
export async function removeWebhook(pool: Pool, id: string): Promise<Webhook | null> {
  return inTransaction(pool, async (transaction) => {
    const webhook = await findWebhook(transaction, id);
    for (const [table, column] of [
      ['webhooks', 'id'],
      ['webhook_incidents', 'webhook_id'],
      ['webhook_deliveries', 'webhook_id'],
    ])
      await transaction.query(`delete from ${table} where ${column} = $1`, [id]);
    return webhook;
  });
}

/** Nothing is sent to it from now on; what waits stays, for when it is switched on again. */
export async function switchOff(on: Queryable, id: string, because: string): Promise<void> {
  await on.query({
    name: 'switch-webhook-off',
    text: 'update webhooks set off_at = now(), off_because = $2 where id = $1 and off_at is null',
    values: [id, because],
  });
}
