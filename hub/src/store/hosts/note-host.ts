import type { Queryable } from '../database.ts';

/** A host that is known though no agent has reported from it. */
export async function noteHost(on: Queryable, host: string): Promise<void> {
  await on.query({
    name: 'note-host',
    text: 'insert into hosts (host) values ($1) on conflict do nothing',
    values: [host],
  });
}
