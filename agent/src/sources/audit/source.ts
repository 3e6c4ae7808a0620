import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { followFiles } from '../../following/files.ts';
import { lostGap } from '../../following/lost.ts';
import { whenQuiet } from '../../following/quiet.ts';
import { presence } from '../../following/readable.ts';
import { lineTaker } from '../../following/taker.ts';
import { createAuditParser } from '../../formats/audit/audit.ts';
import type { Emit, RawEvent, RunningSource, Source } from '../../source.ts';
import { isEvidence } from './evidence.ts';
import { followSocket } from './socket.ts';

export interface AuditOptions {
  /** Where the position is kept over restarts; null = nowhere. */
  readonly positionsPath: string | null;
  /** Folder that stands for `/`. */
  readonly root?: string;
}

const auditLog = '/var/log/audit/audit.log';
/** Of auditd's af_unix plugin, for hosts where auditd forwards and writes nothing itself. */
const auditSocket = '/var/run/audispd_events';
const killRules = 'cp infra/audit/coroner.rules /etc/audit/rules.d/ && augenrules --load';
/** As long as auditd itself waits for the rest of an event. */
const quietMs = 2_000;

/** What auditd writes, to its log or else to its socket: kills, logins, ends by a signal. */
export function auditSource(options: AuditOptions): Source {
  const root = options.root ?? '/';
  const path = join(root, auditLog);
  const socket = join(root, auditSocket);
  return {
    name: 'audit',
    status: () => statusOf(path, socket),
    start: async (emit) => start(path, socket, options, emit),
  };
}

function statusOf(path: string, socket: string): SourceStatus {
  const source = 'audit';
  const { there, closed } = presence([path]);
  if (there.length === 0 && existsSync(socket))
    return { source, state: 'available', why: `auditd passes its records on at ${socket}` };
  if (there.length === 0)
    return {
      source,
      state: 'missing',
      why: `auditd writes no ${auditLog} here`,
      enable: `apt-get install auditd && ${killRules}`,
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

function start(
  path: string,
  socketPath: string,
  { positionsPath }: AuditOptions,
  emit: Emit,
): RunningSource {
  const parser = createAuditParser();
  const take = (events: readonly RawEvent[]): void => {
    for (const event of events) if (isEvidence(event)) emit(event);
  };
  const quiet = whenQuiet(() => take(parser.end()), quietMs);
  const onLine = (line: string): void => {
    quiet.touch();
    take(parser.line(line));
  };
  const onLost = (lost: string, reason: string) => emit(lostGap('audit', lost, reason));
  const hasLog = existsSync(path) || !existsSync(socketPath);
  const following = hasLog
    ? followFiles({ paths: [path], positionsPath, newTaker: () => lineTaker(onLine), onLost })
    : followSocket(socketPath, onLine, (reason) => onLost(socketPath, reason));
  return {
    async stop() {
      following.stop();
      quiet.stop();
    },
  };
}
