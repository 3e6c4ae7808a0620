import type { Event, EventOf } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { requested } from '../../request/requested.ts';
import { commandWords } from '../origin/command-words.ts';

type Request = EventOf<'request'>;

/**
 * Requests that the probe did not see: sudo's lines in the journal, and what the audit log has of
 * execve(2). How these commands ended is not known. Into a text log anybody may write anybody's name.
 */
export function toldRequests(evidence: readonly Event[]): Request[] {
  return evidence.flatMap((event) => {
    if (event.source === 'log') return [];
    if (event.kind === 'privilege') return ofSudo(event);
    return event.kind === 'audit-record' && event.types.includes('EXECVE') ? ofCall(event) : [];
  });
}

function ofSudo(event: EventOf<'privilege'>): Request[] {
  const { user, tty, auid, session, command, service, pid } = event;
  const cmdline = commandWords(command ?? '');
  return asRequest(event, cmdline, {
    ...{ pid: pid ?? 0, comm: service ?? 'sudo', cmdline, user, auditUser: user },
    ...{ auid: auid ?? null, auditSession: session ?? null, tty: tty ?? null, ancestry: [] },
  });
}

function ofCall(event: EventOf<'audit-record'>): Request[] {
  const { pid, comm, exe, uid, user, auid, session } = event;
  const cmdline = event.cmdline ?? [];
  // The name is that of the uid: whoever became another has not logged in under it.
  const isOwn = auid == null || auid === uid;
  return asRequest(event, cmdline, {
    ...{ pid: pid ?? 0, comm: comm ?? '?', exe: exe ?? null, cmdline, uid: uid ?? null },
    user: isOwn ? (user ?? null) : `uid ${auid}`,
    ...{ auid: auid ?? null, auditSession: session ?? null, ancestry: [] },
  });
}

function asRequest(
  { id, source, at, bootUs }: Event,
  cmdline: readonly string[],
  by: Process,
): Request[] {
  const asked = requested(cmdline);
  if (!asked) return [];
  const { when, ...facts } = asked;
  // What is to happen later is told by the probe alone.
  if (when !== undefined && when !== 'now' && when !== '+0') return [];
  return [{ kind: 'request', id, source, at, bootUs: bootUs ?? null, by, ...facts }];
}
