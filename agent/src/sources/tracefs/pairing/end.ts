import type { Exit } from '@coroner/schema/event/death';
import { signalName } from '@coroner/schema/signal';
import { endFacts, procText, statFacts } from '../../../procfs/process.ts';
import { isStartOf, type Known, type Received } from './known.ts';

/** How a process ended, as far as it could be told. */
export interface End {
  readonly exit: Exit;
  /** The signal was concluded from the record, not told by the kernel. */
  readonly concluded: boolean;
}

const signalMask = 0x7f;
const coreFlag = 0x80;
const codeShift = 8;
const codeMask = 0xff;
const sigkill = 9;
/** si_code of SIGCHLD, sigaction(2). */
const cld = { exited: 1, killed: 2, dumped: 3 } as const;
/** Signals whose default is a core dump, signal(7). */
const dumping: ReadonlySet<number> = new Set([3, 4, 5, 6, 7, 8, 11, 24, 25, 31]);

/** The exact wait status, from /proc/PID/stat while the dead process still waits for its parent; null when it is too late. */
export function endOf(known: Known): End | null {
  const stat = procText(`/proc/${known.pid}/stat`);
  const facts = stat === null ? null : statFacts(stat);
  if (!stat || !facts || !isStartOf(known, facts.startUs)) return null;
  const { isExiting, waitStatus } = endFacts(stat);
  if (!isExiting || waitStatus === null) return null;
  const signal = waitStatus & signalMask;
  return {
    exit: {
      code: signal === 0 ? (waitStatus >> codeShift) & codeMask : null,
      signal: signal === 0 ? null : signalName(signal),
      coreDumped: (waitStatus & coreFlag) !== 0,
    },
    concluded: false,
  };
}

/**
 * What the parent's SIGCHLD says (its si_code; null = it was not seen), with the recorded signals:
 * SIGKILL kills for certain; of others, when it was killed, the last that reached it did.
 */
export function endSaidToParent(code: number | null, signals: readonly Received[]): End {
  const dumped = code === cld.dumped;
  const byItself = code === cld.exited;
  const unknown = { code: null, signal: null, coreDumped: dumped, ...(byItself && { byItself }) };
  if (byItself) return { exit: unknown, concluded: false };
  if (!dumped && signals.some(({ number }) => number === sigkill))
    return {
      exit: { code: null, signal: signalName(sigkill), coreDumped: false },
      concluded: false,
    };
  if (code === null) return { exit: unknown, concluded: false };
  const last = signals.filter(({ number }) => !dumped || dumping.has(number)).at(-1);
  if (!last) return { exit: unknown, concluded: false };
  const others = signals.some(({ number }) => number !== last.number);
  return { exit: { ...unknown, signal: signalName(last.number) }, concluded: others };
}
