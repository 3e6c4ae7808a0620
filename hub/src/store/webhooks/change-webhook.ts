import type { Webhook, WebhookChange } from '@coroner/schema/http/webhooks';
import { inTransaction, type Pool, type Transaction } from '../database.ts';
import { findWebhook, switchOff } from './webhooks.ts';

/** Returns the webhook as it is now; null when there is none. `by`: name of who changes it. */
export function changeWebhook(
  pool: Pool,
  id: string,
  change: WebhookChange,
  by: string,
): Promise<Webhook | null> {
  const { name, url, match, events, state } = change;
  return inTransaction(pool, async (transaction) => {
    await transaction.query({
      name: 'change-webhook',
      text: `
        update webhooks
        set name = coalesce($2, name), url = coalesce($3, url), match = coalesce($4::jsonb, match),
            events = case when $5 then $6::text[] else events end
        where id = $1`,
      values: [
        ...[id, name ?? null, url ?? null, match === undefined ? null : JSON.stringify(match)],
        ...[events !== undefined, events ?? null],
      ],
    });
    if (state === 'off') await switchOff(transaction, id, `${by} switched it off`);
    const isOn = state === 'on' && (await switchOn(transaction, id));
    if (isOn || url !== undefined) await hasten(transaction, id);
    return findWebhook(transaction, id);
  });
}

/**
 * What became meanwhile of incidents that it had heard of is told: the outbox looks at them again, and
 * whoever has their revision hears nothing. False where it was on.
 */
async function switchOn(transaction: Transaction, id: string): Promise<boolean> {
  const { rowCount } = await transaction.query({
    name: 'switch-webhook-on',
    text: `
      update webhooks set off_at = null, off_because = null where id = $1 and off_at is not null`,
    values: [id],
  });
  if (rowCount === 0) return false;
  await transaction.query({
    name: 'tell-what-was-missed',
    text: `
      insert into outbox as o (incident_id, revision, due_at)
      select i.id, i.revision, now() from webhook_incidents told
      join incidents i on i.id = told.incident_id
      where told.webhook_id = $1 and told.status <> 'withdrawn' and told.revision < i.revision
      order by i.id
      on conflict (incident_id) do update set due_at = least(o.due_at, excluded.due_at)`,
    values: [id],
  });
  return true;
}

/** What waits is tried now: its receiver was mended, or is another. */
async function hasten(transaction: Transaction, id: string): Promise<void> {
  await transaction.query({
    name: 'hasten-deliveries',
    text: `
      update webhook_deliveries set due_at = least(due_at, now())
      where webhook_id = $1 and state = 'waiting'`,
    values: [id],
  });
}
