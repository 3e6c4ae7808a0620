import type { Ancestor, Process } from '@coroner/schema/process';
import type { AncestorRecord, ProcessRecord } from '../record/record.ts';
import type { Clock } from './clock.ts';

/** Command line of a process by its identity, from what was read at exec; null when not known. */
export type CommandLines = (ancestor: AncestorRecord) => string[] | null;

/** A process as the kernel recorded it. User names, unit and container are added by the pipeline. */
export function toProcess(
  record: ProcessRecord,
  clock: Clock,
  commandLines: CommandLines,
): Process {
  const inner = record.innerPid !== record.key.pid && record.innerPid !== 0;
  return {
    pid: record.key.pid,
    comm: record.comm,
    startUs: record.key.startUs,
    startedAt: clock.instant(record.key.startUs),
    exe: record.exe,
    cmdline: record.argv,
    cmdlineTruncated: record.argvCut,
    uid: record.key.uid,
    euid: record.euid,
    gid: record.gid,
    auid: record.auid,
    auditSession: record.auditSession,
    tty: record.tty,
    pgid: record.pgid,
    sid: record.sid,
    cgroup: record.cgroup,
    pidNamespace: record.pidNamespace || null,
    innerPid: inner ? record.innerPid : null,
    ancestry: toAncestry(record.ancestors, commandLines),
  };
}

type Ancestry = Process['ancestry'];

const mostRemembered = 256;
const remembered = new Map<readonly AncestorRecord[], Ancestry>();

/** One array for the victims of one parent; while a command line is unknown it is asked for anew. */
function toAncestry(records: readonly AncestorRecord[], commandLines: CommandLines): Ancestry {
  const known = remembered.get(records);
  if (known) return known;
  const ancestry = records.map((record) => toAncestor(record, commandLines(record)));
  if (ancestry.some(({ cmdline }) => !cmdline)) return ancestry;
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(records, ancestry);
  return ancestry;
}

const toAncestor = (record: AncestorRecord, cmdline: string[] | null): Ancestor => ({
  pid: record.pid,
  comm: record.comm,
  startUs: record.startUs,
  uid: record.uid,
  cmdline,
});
