import type { Source } from '@coroner/schema/event/base';
import { signalName, signalNumber } from '@coroner/schema/signal';
import type { RawEvent } from '../../../source.ts';
import { type KernelLine, when } from '../line.ts';
import { printedAddress } from '../printed.ts';
import { type RunningTask, runningTask } from '../running-task.ts';
import { mappedFile, trapOfSignal } from './fault.ts';

/** The registers, which the task is printed with, follow within the dump. */
const linesUntilTask = 12;

/** An end whose line does not say whose it was; the task is printed with the registers after it. */
interface UnnamedEnd {
  readonly line: KernelLine;
  /** The event, if it was this task's end. */
  of(task: RunningTask): RawEvent | null;
  /** Takes what a further line says of it. */
  more?(text: string): void;
  /** What it is when no task follows. */
  readonly orElse?: RawEvent | null;
}

/**
 * kernel/signal.c with `print-fatal-signals=1`: to 3.13 with `COMM/PID: `, then without a name, and
 * since 6.9 with `COMM: ` or `EXE: COMM: `, where a name may look like one of the first form.
 */
const fatal = /^(?:(.{1,300}): )?potentially unexpected fatal signal (\d{1,2})\.$/s;
/** arch/s390/mm/fault.c report_user_fault, in hex; `ilc` since 3.x. */
const s390 =
  /^User process fault: interruption code (?:0x)?([0-9a-f]{1,8})(?: ilc:\d)?((?: in| +in).*)?$/is;
const failingAddress = /^failing address: ([0-9a-f]{1,16})\b/i;
/** arch/arm/mm/fault.c with CONFIG_DEBUG_USER. */
const arm =
  /^(.{1,16}): unhandled page fault \((\d{1,2})\) at (0x[0-9a-f]{1,16}), code 0x[0-9a-f]+$/s;
/** arch/parisc/mm/fault.c. */
const parisc =
  /^do_page_fault\(\) command='(.{1,16})' type=\d+ address=(0x[0-9a-f]{1,16})( in .*)?$/s;

/** Program interruption codes of z/Architecture. */
const s390Traps: Readonly<Record<number, string>> = {
  1: 'invalid-opcode',
  4: 'segfault',
  5: 'segfault',
  9: 'divide-error',
  16: 'segfault',
  17: 'segfault',
  56: 'segfault',
  57: 'segfault',
  58: 'segfault',
  59: 'segfault',
};

/** Joins such a line with the one that names the task. */
export function unnamedEnds(source: Source) {
  let held: UnnamedEnd | null = null;
  let heldLines = 0;

  const release = (): RawEvent[] => {
    const event = held?.orElse ?? null;
    held = null;
    return event ? [event] : [];
  };

  return {
    /** Adds the event that is complete now to `out`; true for a line that was about such an end. */
    push(line: KernelLine, text: string, out: RawEvent[]): boolean {
      heldLines += 1;
      if (heldLines > linesUntilTask) out.push(...release());
      const begun = fatalSignal(line, text) ?? userFault(line, text) ?? pageFault(line, text);
      if (begun) {
        out.push(...release());
        held = begun;
        heldLines = 0;
        return true;
      }
      if (!held) return false;
      const task = held.line.caller === line.caller ? runningTask(text) : null;
      if (!task) {
        held.more?.(text);
        return false;
      }
      const event = held.of(task);
      held = null;
      if (event) out.push(event);
      // The same line may say more: whose allocation failed, whom an oops hit.
      return false;
    },
    /** What need not wait: the rest of a dump may still come. */
    flush: (): RawEvent[] => (held?.orElse ? release() : []),
  };

  function fatalSignal(line: KernelLine, text: string): UnnamedEnd | null {
    const match = text.includes('unexpected fatal signal') ? fatal.exec(text) : null;
    const number = match && signalNumber(match[2] ?? '');
    if (!match || !number) return null;
    const name = match[1];
    const [, oldComm = '', oldPid] = /^(.*)\/(\d{1,10})$/s.exec(name ?? '') ?? [];
    const end = (pid: number, comm: string, exe: string | null): RawEvent => ({
      ...{ kind: 'abnormal-end', source, ...when(line), pid, comm },
      ...{ exe, uid: null, signal: signalName(number) },
    });
    return {
      line,
      of: ({ pid, comm }) => {
        if (name === undefined || name === comm) return end(pid, comm, null);
        if (name === `${comm}/${pid}`) return end(pid, comm, null);
        const isLast = name.endsWith(`: ${comm}`);
        return isLast ? end(pid, comm, name.slice(0, -comm.length - 2)) : null;
      },
      orElse: oldPid === undefined ? null : end(Number(oldPid), oldComm, null),
    };
  }

  function userFault(line: KernelLine, text: string): UnnamedEnd | null {
    const match = text.startsWith('User process fault: ') ? s390.exec(text) : null;
    if (!match) return null;
    const code = Number.parseInt(match[1] ?? '', 16) & 0xff;
    let address: string | null = null;
    return {
      line,
      more: (said) => {
        address ??= printedAddress(failingAddress.exec(said)?.[1]);
      },
      of: (task) => crash(line, task, s390Traps[code] ?? 'user-fault', address, match[2] ?? ''),
    };
  }

  function pageFault(line: KernelLine, text: string): UnnamedEnd | null {
    const onArm = text.includes(': unhandled page fault (') ? arm.exec(text) : null;
    const onParisc = text.startsWith('do_page_fault() ') ? parisc.exec(text) : null;
    const comm = (onArm ?? onParisc)?.[1];
    if (comm === undefined) return null;
    const trap = trapOfSignal[onArm?.[2] ?? '11'] ?? 'segfault';
    const address = printedAddress(onArm?.[3] ?? onParisc?.[2]);
    return {
      line,
      of: (task) =>
        task.comm === comm ? crash(line, task, trap, address, onParisc?.[3] ?? '') : null,
    };
  }

  function crash(
    line: KernelLine,
    { pid, comm }: RunningTask,
    trap: string,
    address: string | null,
    rest: string,
  ): RawEvent {
    const object = mappedFile(rest)?.object ?? null;
    return {
      ...{ kind: 'crash', source, ...when(line), pid, comm, trap, address },
      ...{ ip: null, sp: null, error: null, object },
    };
  }
}
