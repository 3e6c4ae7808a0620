import { readdirSync } from 'node:fs';
import type { Ancestor, AttachedClient, Process } from '@coroner/schema/process';
import { procText, type SeenProcess, seenProcess } from '../procfs/process.ts';
import type { Peer } from './connection.ts';
import { personOf } from './person.ts';

const mostClients = 16;
/** One look serves all that a command kills. */
const sameLookMs = 50;
const multiplexer = /^(tmux|screen)(?:$|[: ])/i;

interface Look {
  readonly atMs: number;
  readonly clients: AttachedClient[] | null;
}

/**
 * Who uses the tmux or screen above a process at this moment. Null when there is none above, or it
 * cannot be told which server a client belongs to.
 */
export function attachedTo(
  userName: (uid: number) => string | null,
  peer: (process: Pick<Process, 'ancestry'>) => Peer | null,
) {
  const looks = new Map<string, Look>();
  return (process: Process): AttachedClient[] | null => {
    const server = process.ancestry.find(({ comm }) => multiplexer.test(comm));
    if (!server) return null;
    const key = `${server.pid} ${server.startUs}`;
    const known = looks.get(key);
    const nowMs = performance.now();
    if (known && nowMs - known.atMs < sameLookMs) return known.clients;
    looks.clear();
    const clients = clientsOf(server, userName, peer);
    looks.set(key, { atMs: nowMs, clients });
    return clients;
  };
}

function clientsOf(
  server: Ancestor,
  userName: (uid: number) => string | null,
  peer: (process: Pick<Process, 'ancestry'>) => Peer | null,
): AttachedClient[] | null {
  const name = multiplexer.exec(server.comm)?.[1]?.toLowerCase() ?? '';
  const all = processesNamed(name);
  const servers = all.filter((one) => isServer(one, name));
  const own = servers.find(({ pid }) => pid === server.pid);
  if (!own) return null;
  // Which of several servers of one user a client uses, only the socket would tell.
  if (servers.some(({ pid, uid }) => pid !== own.pid && uid === own.uid)) return null;
  return all
    .filter((one) => !isServer(one, name))
    .filter(({ uid }) => uid === own.uid || !servers.some((one) => one.uid === uid))
    .slice(0, mostClients)
    .map((client) => personOf(client, userName, peer));
}

/** tmux says so in its name; the server of screen writes itself in capitals. */
function isServer({ comm, cmdline }: SeenProcess, name: string): boolean {
  return name === 'tmux' ? comm.startsWith('tmux: server') : cmdline?.[0] === 'SCREEN';
}

function processesNamed(name: string): SeenProcess[] {
  return (
    readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .filter((pid) => procText(`/proc/${pid}/comm`)?.startsWith(name))
      .flatMap((pid) => seenProcess(Number(pid)) ?? [])
      // A zombie has no arguments any more, and no clients.
      .filter(
        ({ comm, cmdline }) => multiplexer.test(comm) && cmdline !== null && cmdline.length > 0,
      )
  );
}
