/** Signal numbers of x86-64 and arm64 Linux, signal(7). Real-time signals are named relative to SIGRTMIN (34 in glibc). */
const named = [
  'SIGHUP',
  'SIGINT',
  'SIGQUIT',
  'SIGILL',
  'SIGTRAP',
  'SIGABRT',
  'SIGBUS',
  'SIGFPE',
  'SIGKILL',
  'SIGUSR1',
  'SIGSEGV',
  'SIGUSR2',
  'SIGPIPE',
  'SIGALRM',
  'SIGTERM',
  'SIGSTKFLT',
  'SIGCHLD',
  'SIGCONT',
  'SIGSTOP',
  'SIGTSTP',
  'SIGTTIN',
  'SIGTTOU',
  'SIGURG',
  'SIGXCPU',
  'SIGXFSZ',
  'SIGVTALRM',
  'SIGPROF',
  'SIGWINCH',
  'SIGIO',
  'SIGPWR',
  'SIGSYS',
] as const;

const realTimeMin = 34;
const realTimeMax = 64;

/** `9` → `SIGKILL`, `36` → `SIGRTMIN+2`; a number that is no signal → `SIG<n>`. */
export function signalName(number: number): string {
  const name = named[number - 1];
  if (name) return name;
  if (number === realTimeMin) return 'SIGRTMIN';
  if (number > realTimeMin && number <= realTimeMax) return `SIGRTMIN+${number - realTimeMin}`;
  return `SIG${number}`;
}

/** `SIGKILL`, `KILL` or `9` → `9`; `null` for what is no signal. The inverse of {@link signalName}. */
export function signalNumber(name: string): number | null {
  const text = name.toUpperCase().replace(/^SIG/, '');
  if (/^\d+$/.test(text)) return Number(text);
  const realTime = /^RTMIN(?:\+(\d+))?$/.exec(text);
  if (realTime) return realTimeMin + Number(realTime[1] ?? 0);
  const index = (named as readonly string[]).indexOf(`SIG${text}`);
  return index < 0 ? null : index + 1;
}
