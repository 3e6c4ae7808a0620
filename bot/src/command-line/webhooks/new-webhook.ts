import { NewWebhook } from '@coroner/schema/http/webhooks';
import { listed } from '../../routes/read-route.ts';

/** What `coroner webhooks add` takes, as it was typed; lists with commas between. */
export interface AddOptions {
  hosts?: string;
  units?: string;
  labels?: string;
  causes?: string;
  users?: string;
  severity?: string;
  events?: string;
}

const lists = ['hosts', 'units', 'labels', 'causes', 'users'] as const;

/** The webhook that was typed. Throws an Error that names what is wrong with it. */
export function webhookOf(name: string, url: string, options: AddOptions): NewWebhook {
  const { severity, events } = options;
  const given = lists.flatMap((list) => {
    const all = listed(options[list]);
    return all.length === 0 ? [] : [[list, all]];
  });
  const kinds = listed(events).map((kind) => (kind.includes('.') ? kind : `incident.${kind}`));
  const read = NewWebhook.safeParse({
    ...{ name, url },
    match: { ...Object.fromEntries(given), ...(severity ? { minSeverity: severity } : {}) },
    ...(kinds.length > 0 ? { events: kinds } : {}),
  });
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const [first, second] = issue?.path.map(String) ?? [];
  const field = first === 'match' ? (second === 'minSeverity' ? 'severity' : second) : first;
  const typed = field === 'name' || field === 'url' ? `<${field.toUpperCase()}>` : `--${field}`;
  throw new Error(`${typed}: ${issue?.message}`);
}
