import { NewWebhook } from '@coroner/schema/http/webhooks';
import type { z } from 'zod';
import { listed, matchOf, type TypedMatch } from '../../routes/typed-match.ts';

/** What `coroner webhooks add` takes, as it was typed; lists with commas between. */
export interface AddOptions extends TypedMatch {
  events?: string;
}

/** The webhook that was typed. Throws an Error that names what is wrong with it. */
export function webhookOf(name: string, url: string, options: AddOptions): NewWebhook {
  const events = eventsOf(options.events);
  const read = NewWebhook.safeParse({
    ...{ name, url },
    match: matchOf(options),
    ...(events.length > 0 ? { events } : {}),
  });
  if (read.success) return read.data;
  throw wrongOption(read.error, (field) =>
    field === 'name' || field === 'url' ? `<${field.toUpperCase()}>` : `--${field}`,
  );
}

/** `created` is short for `incident.created`. */
export const eventsOf = (typed: string | undefined): string[] =>
  listed(typed).map((kind) => (kind.includes('.') ? kind : `incident.${kind}`));

/** Names what is wrong as it was typed. */
export function wrongOption({ issues }: z.ZodError, typedAs: (field: string) => string): Error {
  const [issue] = issues;
  const [first, second] = issue?.path.map(String) ?? [];
  const field = first === 'match' ? (second === 'minSeverity' ? 'severity' : second) : first;
  return new Error(
    field === undefined ? `${issue?.message}` : `${typedAs(field)}: ${issue?.message}`,
  );
}
