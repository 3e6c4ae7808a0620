import type { Origin } from '../../http/answer.ts';
import type { OriginHost } from '../../http/origin-step.ts';
import type { Process } from '../../process.ts';

/** The hosts that had an address when somebody came from it. */
export interface Fleet {
  /**
   * Null where no host, or more than one, had it. `port` is that of the connection's other end, `since`
   * when somebody logged in over it.
   */
  hostOf(address: string, port: number | null, since: string | null): OriginHost | null;
}

/** A login session with the host of the fleet that it came from. */
export function withHost(origin: Origin, process: Process, fleet: Fleet | undefined): Origin {
  if (origin.type !== 'login-session' || !origin.from || !fleet) return origin;
  const client = [process, ...(process.attached ?? [])].find(
    ({ remote, remotePort }) => remote === origin.from && typeof remotePort === 'number',
  );
  const fromHost = fleet.hostOf(origin.from, client?.remotePort ?? null, origin.since);
  return fromHost ? { ...origin, fromHost } : origin;
}
