import { join } from 'node:path';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { followFiles } from '../../following/files.ts';
import { lostGap } from '../../following/lost.ts';
import { whenQuiet } from '../../following/quiet.ts';
import { presence } from '../../following/readable.ts';
import { lineTaker } from '../../following/taker.ts';
import { createAuditParser } from '../../formats/audit/audit.ts';
import type { Emit, RawEvent, RunningSource, Source } from '../../source.ts';

export interface AuditOptions {
  /** Where the position is kept over restarts; null = nowhere. */
  readonly positionsPath: string | null;
  /** Folder that stands for `/`. */
  readonly root?: string;
}

const auditLog = '/var/log/audit/audit.log';
const killRule =
  'auditctl -a always,exit -F arch=b64 -S kill,tkill,tgkill,rt_sigqueueinfo,pidfd_send_signal -F a1!=0 -k coroner_kill';
/** As long as auditd itself waits for the rest of an event. */
const quietMs = 2_000;

/** What auditd writes: kills, logins, ends by a signal. */
export function auditSource(options: AuditOptions): Source {
  const path = join(options.root ?? '/', auditLog);
  return {
    name: 'audit',
    status: () => statusOf(path),
    start: async (emit) => start(path, options, emit),
  };
}

function statusOf(path: string): SourceStatus {
  const source = 'audit';
  const { there, closed } = presence([path]);
  if (there.length === 0)
    return {
      source,
      state: 'missing',
      why: `auditd writes no ${auditLog} here`,
      enable: `apt-get install auditd; ${killRule}`,
    };
  if (closed.length > 0)
    return {
      source,
      state: 'degraded',
      why: `${path} is not readable`,
      enable: 'run the agent as root',
    };
  return { source, state: 'available', why: `${path} can be read` };
}

function start(path: string, { positionsPath }: AuditOptions, emit: Emit): RunningSource {
  const parser = createAuditParser();
  const take = (events: readonly RawEvent[]): void => {
    for (const event of events) if (isEvidence(event)) emit(event);
  };
  const quiet = whenQuiet(() => take(parser.end()), quietMs);
  const files = followFiles({
    paths: [path],
    positionsPath,
    newTaker: () =>
      lineTaker((line) => {
        quiet.touch();
        take(parser.line(line));
      }),
    onLost: (lost, reason) => emit(lostGap('audit', lost, reason)),
  });
  return {
    async stop() {
      files.stop();
      quiet.stop();
    },
  };
}

/** Hosts audit all kinds of things; of the records without a kind of their own only seccomp's end a process. */
function isEvidence(event: RawEvent): boolean {
  return event.kind !== 'audit-record' || event.types.includes('SECCOMP');
}
