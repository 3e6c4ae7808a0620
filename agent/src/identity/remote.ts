import type { Ancestor, Process } from '@coroner/schema/process';
import { type Peer, peerOf } from './connection.ts';

const remembered = 256;
const sshDaemons: ReadonlySet<string> = new Set(['sshd', 'sshd-session', 'dropbear']);

/**
 * From where the ssh session of a process comes: the kernel knows the connection of its sshd, whatever
 * is logged. A daemon that has gone, as after a hangup, is known if it was asked about before.
 */
export function remoteOf(peer: (pid: number) => Peer | null = peerOf) {
  const known = new Map<string, Peer>();
  return (process: Pick<Process, 'ancestry'>): Peer | null => {
    for (const daemon of process.ancestry.filter(({ comm }) => sshDaemons.has(comm))) {
      const address = known.get(keyOf(daemon)) ?? peer(daemon.pid);
      if (address === null) continue;
      known.delete(keyOf(daemon));
      known.set(keyOf(daemon), address);
      for (const oldest of known.keys()) {
        if (known.size <= remembered) break;
        known.delete(oldest);
      }
      return address;
    }
    return null;
  };
}

const keyOf = ({ pid, startUs }: Ancestor): string => `${pid} ${startUs}`;
