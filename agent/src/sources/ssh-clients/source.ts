import { readdirSync, readlinkSync } from 'node:fs';
import { stableId } from '@coroner/schema/identity';
import { bootWallUs } from '../../clock.ts';
import { connectionOf } from '../../identity/connection.ts';
import { personOf } from '../../identity/person.ts';
import { remoteOf } from '../../identity/remote.ts';
import { userNames } from '../../identity/users.ts';
import { procText, seenProcess } from '../../procfs/process.ts';
import type { Emit, RunningSource, Source } from '../../source.ts';

/** A shorter ssh may be missed: then the other host knows this one, and nobody on it. */
const lookEveryMs = 1000;
/** Looks at one ssh that is still to connect: a login may wait for a password. */
const mostLooks = 60;
const usPerMs = 1000;

/** Who opens an ssh connection from this host, so that the host at its other end can tell who came. */
export function sshClientsSource(host: string): Source {
  return {
    name: 'ssh-clients',
    isBackground: true,
    status: () => ({ source: 'ssh-clients', state: 'available', why: 'looks once a second' }),
    start: async (emit) => start(host, emit),
  };
}

function start(host: string, emit: Emit): RunningSource {
  const userName = userNames();
  const remote = remoteOf();
  let seen = new Set<string>();
  const connecting = new Map<string, number>();
  const newest = newestPid();
  let newestThen: string | null = null;
  const look = (): void => {
    // Before the listing: what begins in between is looked at the next time.
    const newestNow = newest();
    if (newestNow !== null && newestNow === newestThen && connecting.size === 0) return;
    newestThen = newestNow;
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    for (const pid of pids)
      if (!seen.has(pid) && procText(`/proc/${pid}/comm`) === 'ssh\n') connecting.set(pid, 0);
    seen = new Set(pids);
    for (const [pid, looks] of connecting) {
      const isDone = !seen.has(pid) || looks >= mostLooks || tell(Number(pid));
      if (isDone) connecting.delete(pid);
      else connecting.set(pid, looks + 1);
    }
  };
  look();
  const timer = setInterval(look, lookEveryMs);
  return {
    async stop() {
      clearInterval(timer);
    },
  };

  /** False while it is not connected. */
  function tell(pid: number): boolean {
    const connection = connectionOf(pid);
    const seenNow = connection && seenProcess(pid);
    if (!connection || !seenNow) return false;
    const person = personOf(seenNow, userName, remote);
    const at = new Date((bootWallUs() + (person.startUs ?? 0)) / usPerMs).toISOString();
    const { local, remote: other } = connection;
    emit({
      kind: 'ssh-client',
      id: stableId('ssh-client', host, pid, person.startUs ?? 0, local.port, other.address),
      source: 'proc',
      at,
      pid,
      user: person.user ?? null,
      session: person.auditSession ?? null,
      tty: person.tty ?? null,
      from: person.remote ?? null,
      to: other.address,
      toPort: other.port,
      port: local.port,
    });
    return true;
  }
}

/**
 * Tells the pid that the kernel gave last (/proc/loadavg, proc_loadavg(5)): while it stays the same
 * no process has begun, and a look through /proc, most of what an idle agent costs, is saved. Null
 * where /proc is not that of our own pid namespace, of which the kernel tells it.
 */
function newestPid(): () => string | null {
  if (readlinkSync('/proc/self') !== `${process.pid}`) return () => null;
  return () => procText('/proc/loadavg')?.trim().split(' ').at(-1) ?? null;
}
