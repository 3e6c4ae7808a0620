import type { DeathEvent } from '@coroner/schema/event/death';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Judgement } from '@coroner/schema/verdict/case';

/** A row of the deaths table; the columns repeat what is searched for in the answer. */
export interface DeathRecord {
  id: string;
  host: string;
  boot_id: string;
  pid: number;
  comm: string;
  exe_name: string | null;
  argv0: string | null;
  argv0_name: string | null;
  unit: string | null;
  user_name: string | null;
  died_at: string;
  happened_at: string | null;
  cause: string;
  confidence: string;
  summary: string;
  actor_key: string | null;
  actor_user: string | null;
  incident_id: string | null;
  from_log: boolean;
  answer: StoredAnswer;
}

/** Longer texts do not fit into a b-tree page, and nobody asks for them. */
const longestName = 255;

/** `/usr/sbin/nginx (deleted)` → `nginx`. */
function baseName(path: string): string {
  const name = path.replace(/ \(deleted\)$/, '');
  return name.slice(name.lastIndexOf('/') + 1);
}

/** A login shell's argv[0] has a leading dash; a program may write anything behind its name. */
function argv0Of(cmdline: readonly string[]): string | null {
  return cmdline[0]?.replace(/^-(?=\w)/, '').split(/[\s:]/)[0] || null;
}

export function deathRecord(
  bootId: string,
  event: DeathEvent,
  { answer, actorKey }: Judgement,
  incidentId: string | null,
): DeathRecord {
  const { death, verdict, actor } = answer;
  const seen = new Set([death.comm]);
  const another = (name: string | null | undefined): string | null => {
    if (!name || name.length > longestName || seen.has(name)) return null;
    seen.add(name);
    return name;
  };
  const argv0 = argv0Of(death.cmdline);
  return {
    id: death.id,
    host: death.host,
    boot_id: bootId,
    pid: death.pid,
    comm: death.comm.slice(0, longestName),
    exe_name: another(death.exe && baseName(death.exe)),
    argv0: another(argv0),
    argv0_name: another(argv0 && baseName(argv0)),
    unit: death.unit?.slice(0, longestName) ?? null,
    user_name: death.user?.slice(0, longestName) ?? null,
    died_at: death.diedAt,
    happened_at: death.happenedAt ?? null,
    cause: verdict.cause,
    confidence: verdict.confidence,
    summary: verdict.summary,
    actor_key: actorKey,
    actor_user: (actor?.auditUser ?? actor?.user)?.slice(0, longestName) ?? null,
    incident_id: incidentId,
    from_log: isFromLog(event),
    answer,
  };
}

/** No record of the kernel's, but a line of a log. */
export const isFromLog = ({ source }: Pick<DeathEvent, 'source'>): boolean =>
  source !== 'probe' && source !== 'tracefs' && source !== 'proc';

/** The names that this death can be asked for by. */
export function namesOf(record: DeathRecord): string[] {
  return [record.comm, record.exe_name, record.argv0, record.argv0_name, record.unit].filter(
    (name) => name !== null,
  );
}
