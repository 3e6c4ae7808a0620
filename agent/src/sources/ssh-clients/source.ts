import { stableId } from '@coroner/schema/identity';
import { bootWallUs } from '../../clock.ts';
import { everySecond } from '../../every-second.ts';
import { connectionOf } from '../../identity/connection.ts';
import { personOf } from '../../identity/person.ts';
import { remoteOf } from '../../identity/remote.ts';
import { userNames } from '../../identity/users.ts';
import { procText, seenProcess, startOf } from '../../procfs/process.ts';
import type { Emit, RunningSource, Source } from '../../source.ts';
import { begunPids } from './begun.ts';

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
  const begun = begunPids();
  /** Start of each ssh that was told or given up, by its pid. */
  const done = new Map<number, number | null>();
  const connecting = new Map<number, number>();
  const look = (): void => {
    for (const pid of begun())
      if (procText(`/proc/${pid}/comm`) === 'ssh\n' && done.get(pid) !== startOf(pid))
        connecting.set(pid, connecting.get(pid) ?? 0);
    for (const [pid, looks] of connecting) {
      if (looks < mostLooks && startOf(pid) !== null && !tell(pid)) {
        connecting.set(pid, looks + 1);
        continue;
      }
      connecting.delete(pid);
      forgetEnded();
      done.set(pid, startOf(pid));
    }
  };
  look();
  const stopLooking = everySecond(look);
  return {
    async stop() {
      stopLooking();
    },
  };

  function forgetEnded(): void {
    for (const [pid, start] of done) if (startOf(pid) !== start) done.delete(pid);
  }

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
