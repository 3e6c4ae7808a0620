import { readlinkSync } from 'node:fs';
import type { Ancestor, AttachedClient, Process } from '@coroner/schema/process';
import { type SeenProcess, seenProcess } from '../procfs/process.ts';
import type { Peer } from './connection.ts';

const mostAncestors = 12;

/** Who stands behind a process that lives: the person, the terminal, and the address of the sshd above it. */
export function personOf(
  process: SeenProcess,
  userName: (uid: number) => string | null,
  peer: (process: Pick<Process, 'ancestry'>) => Peer | null,
): AttachedClient {
  const connection = peer({ ancestry: ancestryOf(process) });
  const { pid, startUs, uid, auid, auditSession } = process;
  const person = auid ?? uid;
  return {
    pid,
    startUs,
    uid,
    user: person === null ? null : userName(person),
    auditSession,
    tty: terminalOf(pid),
    remote: connection?.address ?? null,
    remotePort: connection?.port ?? null,
  };
}

function ancestryOf(process: SeenProcess): Ancestor[] {
  const ancestry: Ancestor[] = [];
  let above = process.ppid > 0 ? seenProcess(process.ppid) : null;
  while (above && ancestry.length < mostAncestors) {
    ancestry.push({ pid: above.pid, comm: above.comm, startUs: above.startUs });
    above = above.ppid > 0 ? seenProcess(above.ppid) : null;
  }
  return ancestry;
}

function terminalOf(pid: number): string | null {
  try {
    return /^\/dev\/((?:pts\/|tty).+)$/.exec(readlinkSync(`/proc/${pid}/fd/0`))?.[1] ?? null;
  } catch {
    // It has gone in between.
    return null;
  }
}
