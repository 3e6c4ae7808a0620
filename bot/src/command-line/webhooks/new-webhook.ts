import { NewWebhook } from '@coroner/schema/http/webhooks';
import { listed, matchOf, type TypedMatch } from '../../routes/typed-match.ts';

/** What `coroner webhooks add` takes, as it was typed; lists with commas between. */
export interface AddOptions extends TypedMatch {
  events?: string;
}

/** The webhook that was typed. Throws an Error that names what is wrong with it. */
export function webhookOf(name: string, url: string, options: AddOptions): NewWebhook {
  const kinds = listed(options.events).map((kind) =>
    kind.includes('.') ? kind : `incident.${kind}`,
  );
  const read = NewWebhook.safeParse({
    ...{ name, url },
    match: matchOf(options),
    ...(kinds.length > 0 ? { events: kinds } : {}),
  });
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const [first, second] = issue?.path.map(String) ?? [];
  const field = first === 'match' ? (second === 'minSeverity' ? 'severity' : second) : first;
  const typed = field === 'name' || field === 'url' ? `<${field.toUpperCase()}>` : `--${field}`;
  throw new Error(`${typed}: ${issue?.message}`);
}
