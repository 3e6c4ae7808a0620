import type { Actor } from '../../http/answer.ts';
import type { Runner } from '../words/run-by.ts';

/** A process as the contract shows an actor. */
export function actorOf(
  { process, origin, through, tool }: Runner,
  confidence: Actor['confidence'],
): Actor {
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
    ...(confidence ? { confidence } : {}),
    ...(through.length > 0 ? { through: [...through] } : {}),
    ...(tool ? { tool } : {}),
  };
}
