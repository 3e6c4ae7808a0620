import { join } from 'node:path';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { followFiles } from '../../following/files.ts';
import { lostGap } from '../../following/lost.ts';
import { whenQuiet } from '../../following/quiet.ts';
import { presence } from '../../following/readable.ts';
import { repeated } from '../../following/repeated.ts';
import { lineTaker } from '../../following/taker.ts';
import { logParser } from '../../formats/log/log-parser.ts';
import type { Emit, RawEvent, RunningSource, Source } from '../../source.ts';
import { kernelLog, ownLogs, programLogs } from './places.ts';

export interface LogsOptions {
  readonly host: string;
  /** Where the positions are kept over restarts; null = nowhere. */
  readonly positionsPath: string | null;
  /** The kernel's own log is read: its copy in these files says nothing new. */
  readonly hasKernelLog: boolean;
  /** Folder that stands for `/`. */
  readonly root?: string;
}

const ofKernel: ReadonlySet<string> = new Set([
  'oom-kill',
  'crash',
  'memory-failure',
  'kernel-panic',
  'sysrq',
]);
const quietMs = 2_000;

/** The text logs of this host, as they grow. */
export function logsSource(options: LogsOptions): Source {
  const root = options.root ?? '/';
  const paths = [...programLogs, ...ownLogs, ...(options.hasKernelLog ? [] : [kernelLog])];
  const rooted = paths.map((path) => join(root, path));
  return {
    name: 'logs',
    status: () => statusOf(rooted),
    start: async (emit) => start(rooted, options, emit),
  };
}

function statusOf(paths: readonly string[]): SourceStatus {
  const source = 'logs';
  const { there, closed } = presence(paths);
  if (there.length === 0)
    return {
      source,
      state: 'off',
      why: 'no syslog, messages, auth.log or secure in /var/log',
      enable: 'apt-get install rsyslog, where there is no journal',
    };
  if (closed.length > 0) {
    const why = `not readable: ${closed.join(', ')}`;
    return { source, state: 'degraded', why, enable: 'run the agent as root' };
  }
  return { source, state: 'available', why: `${there.join(', ')} can be read` };
}

function start(
  paths: readonly string[],
  { host, positionsPath, hasKernelLog }: LogsOptions,
  emit: Emit,
): RunningSource {
  const logs = new Map(
    paths.map((path) => [
      path,
      { parser: logParser({ now: () => new Date() }), numbered: repeated(host) },
    ]),
  );
  const take = (path: string, events: readonly RawEvent[]): void => {
    for (const event of events)
      if (!(hasKernelLog && ofKernel.has(event.kind)))
        emit(logs.get(path)?.numbered(event) ?? event);
  };
  const quiet = whenQuiet(() => {
    for (const [path, { parser }] of logs) take(path, parser.flush());
  }, quietMs);
  const files = followFiles({
    paths,
    positionsPath,
    newTaker: (path) =>
      lineTaker((line) => {
        quiet.touch();
        take(path, logs.get(path)?.parser.push(line) ?? []);
      }),
    onLost: (path, reason) => emit(lostGap('logs', path, reason)),
  });
  return {
    async stop() {
      files.stop();
      quiet.stop();
    },
  };
}
