import type { Webhook } from '@coroner/schema/http/webhooks';
import { inTransaction, type Pool } from '../database.ts';
import { stillSigning } from './still-signing.ts';
import { findWebhook } from './webhooks.ts';

/** Each is a signature in every message. */
export const mostEarlierSecrets = 5;

/**
 * Makes the next secret the one that counts; those until now sign beside it for `keepSeconds` at most.
 * Null when there is no such webhook, `full` when there are as many of them as there may be. A repeated
 * request makes one more, and takes none away.
 */
export function exchangeSecret(
  pool: Pool,
  id: string,
  keepSeconds: number,
  hashOf: (number: number) => string,
): Promise<{ webhook: Webhook; number: number } | 'full' | null> {
  return inTransaction(pool, async (transaction) => {
    const { rows } = await transaction.query<{ number: number; earlier: number }>({
      name: 'lock-secret',
      text: `
        select w.secret_number as number, (select count(*) from ${stillSigning}) as earlier
        from webhooks w where w.id = $1 for update`,
      values: [id],
    });
    const [now] = rows;
    if (!now) return null;
    if (keepSeconds > 0 && now.earlier >= mostEarlierSecrets) return 'full';
    const number = now.number + 1;
    await transaction.query({
      name: 'exchange-secret',
      text: `
        update webhooks w set secret_number = $2, secret_hash = $3,
          earlier_secrets = case when $4::integer = 0 then '[]' else (
            select coalesce(jsonb_agg(s.value || jsonb_build_object('until',
              least((s.value ->> 'until')::timestamptz, now() + make_interval(secs => $4)))
              order by s.place), '[]') from ${stillSigning}
          ) || jsonb_build_object('number', w.secret_number, 'hash', w.secret_hash,
                                  'until', now() + make_interval(secs => $4)) end
        where w.id = $1`,
      values: [id, number, hashOf(number), keepSeconds],
    });
    const webhook = await findWebhook(transaction, id);
    return webhook && { webhook, number };
  });
}
