import type { SshClientEvent } from '@coroner/schema/event/person';
import type { Transaction } from '../database.ts';

/** An end of a connection, seen when somebody came from it. */
export interface ClientEnd {
  host: string;
  port: number;
  at: string;
}

export type SshClient = SshClientEvent & { host: string };

/** Ports are used again, and a connection may be weeks old. */
const mostClients = 4;
const longestDays = 30;

/** The ssh connections that had these ends, newest first. */
export async function loadSshClients(
  transaction: Transaction,
  ends: readonly ClientEnd[],
): Promise<SshClient[]> {
  if (ends.length === 0) return [];
  const { rows } = await transaction.query<{ host: string; body: SshClientEvent }>({
    name: 'load-ssh-clients',
    text: `
      select e.host, e.body
      from jsonb_to_recordset($1::jsonb) as w(host text, port integer, at timestamptz)
      cross join lateral (
        select host, body from events
        where events.host = w.host and kind = 'ssh-client' and kind <> 'death'
          and events.at between w.at - make_interval(days => $2) and w.at
          and (body->>'port')::integer = w.port
        order by events.at desc limit $3) e`,
    values: [JSON.stringify(ends), longestDays, mostClients],
  });
  return rows.map(({ host, body }) => ({ ...body, host }));
}
