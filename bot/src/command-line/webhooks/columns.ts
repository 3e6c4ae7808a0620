import type { Delivery, Webhook } from '@coroner/schema/http/webhooks';
import { matchWords } from '../../routes/words.ts';
import { localTime } from '../../terminal/plain-words.ts';
import type { Paper } from '../../terminal/print-reply.ts';
import type { Column } from '../lists/table.ts';

export const webhookColumns: Column<Webhook>[] = [
  { head: 'ID', of: ({ id }) => id, most: 36 },
  { head: 'NAME', of: ({ name }) => name },
  { head: 'STATE', of: standing, most: 60 },
  { head: 'HEARS OF', of: (webhook) => hearsOf(webhook), most: 60 },
  { head: 'WAITING', of: ({ waiting }) => String(waiting) },
  { head: 'FAILED', of: ({ failed }) => String(failed) },
  { head: 'ADDRESS', of: ({ url }) => url },
];

export const deliveryColumns: Column<Delivery>[] = [
  { head: 'MADE', of: ({ createdAt }, { timezone }) => localTime(createdAt, timezone) },
  { head: 'MESSAGE', of: ({ id }) => id, most: 36 },
  { head: 'EVENT', of: ({ event }) => event },
  { head: 'INCIDENT', of: ({ incidentId }) => incidentId },
  { head: 'STATE', of: ({ state }) => state },
  { head: 'ATTEMPTS', of: ({ attempts }) => String(attempts) },
  {
    head: 'NEXT',
    of: ({ nextAttemptAt }, { timezone }) => nextAttemptAt && localTime(nextAttemptAt, timezone),
  },
  { head: 'ANSWER', of: ({ status, reason }) => reason ?? (status === null ? null : `${status}`) },
];

function standing({ state, offBecause, earlierSecretUntil }: Webhook, { timezone }: Paper): string {
  if (offBecause) return `off: ${offBecause}`;
  if (earlierSecretUntil === null) return state;
  return `${state}, old secret until ${localTime(earlierSecretUntil, timezone)}`;
}

function hearsOf({ match, events }: Webhook): string {
  const which = matchWords({ match });
  return events ? `${which} · ${events.join(', ')}` : which;
}
