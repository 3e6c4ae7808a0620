import type { Delivery, DeliveryState } from '@coroner/schema/http/webhooks';
import type { Queryable } from '../database.ts';
import type { Position } from '../lists/drizzle.ts';
import { messageId } from './told.ts';

const columns = `id, webhook_id as "webhookId", event, incident_id as "incidentId", state, attempts,
  created_at as "createdAt", last_attempt_at as "lastAttemptAt",
  case when state = 'waiting' and not exists (
    select from webhooks w where w.id = webhook_id and w.off_at is not null
  ) then greatest(due_at, lease_until) end as "nextAttemptAt",
  status, reason`;

/** Those of a webhook, the newest first. */
export async function listDeliveries(
  on: Queryable,
  webhookId: string,
  { state, limit }: { state?: DeliveryState | undefined; limit: number },
  position: Position | null,
): Promise<Delivery[]> {
  const { rows } = await on.query<Delivery>({
    name: 'list-deliveries',
    text: `
      select ${columns} from webhook_deliveries
      where webhook_id = $1 and ($2::text is null or state = $2)
        and ($3::timestamptz is null or (created_at, id) < ($3::timestamptz, $4))
      order by created_at desc, id desc limit $5`,
    values: [webhookId, state ?? null, position?.at ?? null, position?.id ?? null, limit],
  });
  return rows;
}

/** Puts a message into the queue of a webhook that is about no incident. */
export async function addTest(
  on: Queryable,
  webhookId: string,
  { event, body }: Pick<Delivery, 'event'> & { body: string },
): Promise<Delivery> {
  const { rows } = await on.query<Delivery>({
    name: 'add-test-delivery',
    text: `
      insert into webhook_deliveries (id, webhook_id, event, body, due_at)
      values ($1, $2, $3, $4, now()) returning ${columns}`,
    values: [messageId(), webhookId, event, body],
  });
  return rows[0] as Delivery;
}
