import { type NewSecret, type Webhook, WebhookChange } from '@coroner/schema/http/webhooks';
import { matchOf, matchOptions, type TypedMatch, typedMatchOf } from '../../routes/typed-match.ts';
import { spanMs } from '../span.ts';
import { eventsOf, wrongOption } from './new-webhook.ts';

/** What `coroner webhooks edit` takes, as it was typed; of a match '' takes the option away. */
export interface EditOptions extends TypedMatch {
  name?: string;
  url?: string;
  /** `all`: all of them. */
  events?: string;
}

/** What is to be changed of a webhook. Throws an Error that names what is wrong with it. */
export function changeOf(webhook: Webhook, options: EditOptions): WebhookChange {
  const { name, url, events } = options;
  const typed = matchOptions.filter((option) => options[option] !== undefined);
  const match = matchOf({ ...typedMatchOf(webhook.match), ...options });
  const read = WebhookChange.safeParse({
    ...(name !== undefined && { name }),
    ...(url !== undefined && { url }),
    ...(typed.length > 0 && { match }),
    ...(events !== undefined && { events: events === 'all' ? null : eventsOf(events) }),
  });
  if (read.success) return read.data;
  throw wrongOption(read.error, (field) => `--${field}`);
}

/** Throws an Error that names the option. */
export function keptOf({ keep }: { keep: string }): NewSecret {
  if (keep === '0') return { keepSeconds: 0 };
  return { keepSeconds: Math.round(spanMs('--keep', keep) / 1_000) };
}
