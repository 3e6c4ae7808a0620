import type { Actor, Origin } from '../../http/answer.ts';
import type { Process } from '../../process.ts';

/** A process as the contract shows an actor. */
export function actorOf(process: Process, origin: Origin): Actor {
  return {
    pid: process.pid,
    comm: process.comm,
    exe: process.exe ?? null,
    cmdline: process.cmdline ?? [],
    uid: process.uid ?? null,
    user: process.user ?? null,
    auditUser: process.auditUser ?? null,
    startedAt: process.startedAt ?? null,
    ancestry: process.ancestry.map(({ pid, comm, cmdline }) => ({
      pid,
      comm,
      cmdline: cmdline ?? null,
    })),
    origin,
  };
}
