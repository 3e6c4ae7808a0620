import type { Labels } from '@coroner/schema/wire/heartbeat';
import type { Queryable } from '../database.ts';

/** The labels of these hosts, by name. */
export async function labelsOf(
  on: Queryable,
  hosts: readonly string[],
): Promise<Map<string, Labels>> {
  if (hosts.length === 0) return new Map();
  const { rows } = await on.query<{ host: string; labels: Labels }>({
    name: 'labels-of-hosts',
    text: 'select host, labels from hosts where host = any($1::text[])',
    values: [hosts],
  });
  return new Map(rows.map(({ host, labels }) => [host, labels]));
}
