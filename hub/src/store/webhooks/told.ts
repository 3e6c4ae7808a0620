import { randomUUID } from 'node:crypto';
import type { WebhookEvent } from '@coroner/schema/http/webhooks';
import { inTransaction, type Pool, type Queryable } from '../database.ts';

/** Messages of one incident that do no more than update it are at least this far apart. */
const updateEverySeconds = 5;

/** What a webhook was last told of an incident. */
export interface Told {
  revision: number;
  status: string;
}

/** By the webhook's id. */
export async function toldTo(on: Queryable, incidentId: string): Promise<Map<string, Told>> {
  const { rows } = await on.query<Told & { id: string }>({
    name: 'told-to-webhooks',
    text: 'select webhook_id as id, revision, status from webhook_incidents where incident_id = $1',
    values: [incidentId],
  });
  return new Map(rows.map(({ id, ...told }) => [id, told]));
}

/** A message to one webhook; null where it does not want to hear of that, and it is only noted. */
export interface Telling {
  webhookId: string;
  message: { event: WebhookEvent; body: string } | null;
}

/**
 * Notes what webhooks are told of an incident, and puts the messages into their queues: each revision
 * once, whoever repeats it. An update that nobody has tried to send yet makes room for the newer one.
 */
export function tell(
  pool: Pool,
  { incidentId, revision, status }: Told & { incidentId: string },
  tellings: readonly Telling[],
): Promise<void> {
  return inTransaction(pool, async (transaction) => {
    const { rows } = await transaction.query<{ id: string }>({
      name: 'note-told',
      text: `
        insert into webhook_incidents as told (webhook_id, incident_id, revision, status)
        select id, $2, $3, $4 from unnest($1::text[]) as id order by id
        on conflict (webhook_id, incident_id) do update
          set revision = excluded.revision, status = excluded.status
          where told.revision < excluded.revision
        returning webhook_id as id`,
      values: [tellings.map(({ webhookId }) => webhookId), incidentId, revision, status],
    });
    const anew = new Set(rows.map(({ id }) => id));
    for (const { webhookId, message } of tellings) {
      if (message === null || !anew.has(webhookId)) continue;
      await transaction.query({
        name: 'drop-superseded',
        text: `
          delete from webhook_deliveries
          where webhook_id = $1 and incident_id = $2 and state = 'waiting' and attempts = 0
            and event = 'incident.updated'`,
        values: [webhookId, incidentId],
      });
      await transaction.query({
        name: 'enqueue-delivery',
        text: `
          insert into webhook_deliveries (id, webhook_id, incident_id, event, body, due_at)
          select $1, $2, $3, $4, $5, case when $4 = 'incident.updated' then greatest(now(), (
            select max(last_attempt_at) + make_interval(secs => ${updateEverySeconds})
            from webhook_deliveries where webhook_id = $2 and incident_id = $3
              and created_at > now() - interval '1 minute')) else now() end`,
        values: [messageId(), webhookId, incidentId, message.event, message.body],
      });
    }
  });
}

/** As the examples of the specification have it. */
export const messageId = (): string => `msg_${randomUUID().replaceAll('-', '')}`;
