import { constants } from 'node:os';
import type { Variant } from '../../variant.ts';
import { sent, sentBy, victimThat } from './sent.ts';

const { SIGKILL, SIGTERM, SIGSEGV, SIGABRT, SIGHUP, SIGINT, SIGPIPE, SIGALRM, SIGXCPU } =
  constants.signals;
const { SIGBUS, SIGSYS, SIGQUIT, SIGXFSZ, SIGUSR1 } = constants.signals;
const firstRealTime = 34;

const bySystemCall = (call: string, number: number, how = 'sleep'): Variant =>
  sent(
    `C ${call}, signal ${number}, victim ${how}`,
    (pid, lab) => [lab.programs.path('sender'), call, String(pid), String(number)],
    victimThat(how),
  );

/** Each system call; each signal that the kernel or the process itself could have made too. */
export const sentBySystemCalls: readonly Variant[] = [
  bySystemCall('kill', SIGKILL),
  bySystemCall('tgkill', SIGKILL),
  bySystemCall('tgkill', SIGTERM),
  bySystemCall('tkill', SIGKILL),
  bySystemCall('sigqueue', SIGTERM),
  bySystemCall('sigqueue', SIGKILL),
  bySystemCall('tgsigqueue', SIGTERM),
  bySystemCall('pidfd', SIGKILL),
  bySystemCall('pidfd', SIGTERM),
  bySystemCall('thread', SIGKILL),
  bySystemCall('without-leader', SIGKILL),
  bySystemCall('kill', SIGTERM),
  bySystemCall('kill', SIGHUP),
  bySystemCall('kill', SIGINT),
  bySystemCall('kill', SIGQUIT),
  bySystemCall('kill', SIGSEGV),
  bySystemCall('kill', SIGBUS),
  bySystemCall('kill', SIGSYS),
  bySystemCall('kill', SIGABRT),
  bySystemCall('kill', SIGPIPE),
  bySystemCall('kill', SIGALRM),
  bySystemCall('kill', SIGXCPU),
  bySystemCall('kill', SIGXFSZ),
  bySystemCall('kill', SIGUSR1),
  bySystemCall('kill', firstRealTime),
  bySystemCall('forged-timer', SIGKILL),
  bySystemCall('forged-timer', SIGALRM),
  bySystemCall('forged-timer-of-thread', SIGTERM),
  bySystemCall('forged-timer-by-pidfd', SIGKILL),
  bySystemCall('forged-aio', SIGUSR1),
  bySystemCall('forged-message', SIGKILL),
  bySystemCall('forged-input', SIGSEGV),
  bySystemCall('ptrace-kill', SIGKILL),
  sentBy('a sender that becomes another program at once', (victim, lab) =>
    lab.senderUnder([], 'then-exec', String(victim.pid), String(SIGKILL)),
  ),
];
