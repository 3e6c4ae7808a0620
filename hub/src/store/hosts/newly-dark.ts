import type { DarkHost } from '../../correlate/dark.ts';
import type { Queryable } from '../database.ts';
import { silentAfterSeconds } from './silent-hosts.ts';

/** Older silences were looked at when they began. */
const newForSeconds = 600;
/** A host says that it stops while it still beats. */
const endsWithinSeconds = 300;

/** Hosts that fell silent in the last minutes, without a word that they or their agents stop. */
export async function newlyDark(on: Queryable): Promise<DarkHost[]> {
  const { rows } = await on.query<DarkHost>({
    name: 'newly-dark',
    text: `
      select h.host, h.boot_id as "bootId", h.last_seen_at as "lastSeenAt",
             h.heartbeat_at as "heartbeatAt"
      from hosts h
      where h.last_seen_at between now() - make_interval(secs => ${newForSeconds})
            and now() - make_interval(secs => ${silentAfterSeconds})
        and h.heartbeat_at is not null and h.boot_id is not null
        and not exists (
          select from events e
          where e.host = h.host and e.kind in ('agent-stop', 'shutdown') and e.kind <> 'death'
            and e.source <> 'log'
            and e.at >= h.heartbeat_at - make_interval(secs => ${endsWithinSeconds}))`,
  });
  return rows;
}
