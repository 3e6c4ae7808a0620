import { existsSync } from 'node:fs';
import { release } from 'node:os';
import type { Collector, Sent } from './collector.ts';
import { printing } from './printing.ts';

const number = ({ signal }: Sent): string => (signal === 'SIGKILL' ? '9' : '15');
/** `COMM SIGNAL` somewhere among columns that spaces part. */
const inColumns = (line: string, sent: Sent): boolean =>
  new RegExp(`${sent.comm}\\s+${number(sent)}\\s`).test(line);

const signalsAndExits = `
tracepoint:signal:signal_generate { printf("%d %s %d %d\\n", pid, comm, args->sig, args->pid); }
tracepoint:sched:sched_process_exit { printf("exit %d\\n", args->pid); }`;

/** What people use today to see who sends signals, as their manual pages say. */
export const peers: readonly Collector[] = [
  printing({
    name: 'bpftrace killsnoop.bt',
    command: ['killsnoop.bt'],
    hasRecord: inColumns,
  }),
  printing({
    name: 'bpftrace, signals and exits',
    command: ['bpftrace', '-e', signalsAndExits],
    hasRecord: inColumns,
  }),
  printing({ name: 'libbpf-tools sigsnoop', command: ['sigsnoop'], hasRecord: inColumns }),
  printing({
    name: 'bcc killsnoop',
    command: ['killsnoop-bpfcc'],
    missing: withoutHeaders,
    hasRecord: inColumns,
  }),
  printing({
    name: 'perf trace',
    command: ['perf', 'trace', '--all-cpus', '--event', 'kill', '--output', '/dev/stdout'],
    hasRecord: (line, { signal }) => line.includes(`sig: ${signal.slice('SIG'.length)}`),
  }),
];

function withoutHeaders(): string | null {
  const places = [`/lib/modules/${release()}/build`, '/sys/kernel/kheaders.tar.xz'];
  if (places.some((path) => existsSync(path))) return null;
  return `it compiles against the headers of this kernel, and there is neither ${places.join(' nor ')}`;
}
