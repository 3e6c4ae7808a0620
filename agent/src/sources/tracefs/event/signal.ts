import type { FatalSignal } from '@coroner/schema/event/death';
import type { Process } from '@coroner/schema/process';
import { signalName } from '@coroner/schema/signal';
import type { Received } from '../pairing/known.ts';

/** What the kernel that runs here tells of OOM kills. */
export interface KernelTraits {
  /** It has oom:mark_victim (Linux 4.14). */
  readonly marksOomVictims: boolean;
  /** It prints SI_KERNEL for the OOM killer's SIGKILL (Linux 4.20, which dropped SEND_SIG_FORCED). */
  readonly tellsOomSignals: boolean;
}

type Meaning = Pick<FatalSignal, 'info' | 'code' | 'doubt'>;

const siUser = 0;
const siKernel = 128;
const sigkill = 9;
/** ILL, TRAP, BUS, FPE, SEGV. */
const faults: ReadonlySet<number> = new Set([4, 5, 7, 8, 11]);

const none: Meaning = { info: 'none', code: null };
const kernel: Meaning = { info: 'kernel', code: null };

/**
 * What a printed si_code means. The tracepoint writes 0 for SEND_SIG_NOINFO too, and until Linux 4.20
 * for SEND_SIG_FORCED, the OOM killer's: where that cannot be excluded nobody is accused.
 */
export function meaningOf(
  { code, group, number, sender }: Received,
  oomMarked: boolean,
  { marksOomVictims, tellsOomSignals }: KernelTraits,
): Meaning {
  if (code === siKernel) {
    const raisedByFault = sender.isVictim && !group && faults.has(number);
    return raisedByFault ? { info: 'user', code } : kernel;
  }
  if (code !== siUser) return { info: 'user', code };
  // kill(2) and pidfd_send_signal(2) send to the process; to one thread it was the kernel: a broken
  // pipe, a limit, a write to cgroup.kill.
  if (!group || sender.inInterrupt) return none;
  if (number === sigkill && !tellsOomSignals) {
    if (oomMarked) return kernel;
    if (!marksOomVictims) return none;
  }
  if (sender.isVictim) return { info: 'user', code };
  // After its own end a task sends nothing: that is PR_SET_PDEATHSIG.
  return sender.exiting === false ? { info: 'user', code, doubt: 'likely' } : none;
}

/** A recorded signal as the verdict engine reads it. `concluded`: that it ended the victim was not told. */
export function toFatalSignal(
  received: Received,
  meaning: Meaning,
  concluded: boolean,
  instant: (bootUs: number) => string,
  current: Process | null,
): FatalSignal {
  const { sender } = received;
  return {
    signal: signalName(received.number),
    ...meaning,
    ...(concluded ? { doubt: 'possible' } : {}),
    group: received.group,
    result: 'delivered',
    at: instant(received.firstUs),
    bootUs: received.firstUs,
    count: received.count,
    lastBootUs: received.count > 1 ? received.lastUs : null,
    currentIsVictim: sender.isVictim,
    currentExiting: sender.exiting === true,
    currentKernelThread: sender.kernelThread,
    current,
  };
}

/** By the release that uname(2) gives, `5.10.0-28-amd64`; what cannot be read counts as old. */
export function kernelTraits(release: string, marksOomVictims: boolean): KernelTraits {
  const [major = 0, minor = 0] = release.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return { marksOomVictims, tellsOomSignals: major > 4 || (major === 4 && minor >= 20) };
}
