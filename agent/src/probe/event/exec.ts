import type { DeathEvent } from '@coroner/schema/event/death';
import type { DeathRecord } from '../record/record.ts';

const notExecutable = 126;
const notFound = 127;
const codeShift = 8;
const segmentationFault = 11;
const siKernel = 128;

/**
 * What its calls of exec(2) have to do with its end, where they may have. `failed`: one went beyond
 * the point of no return and did not succeed (bprm_execve() in fs/exec.c: a forced SIGSEGV, and the
 * count has grown: compared in the kernel, for soon the pid is another's). `never`: it left the shell or program that forked it only by exiting.
 */
export function execOf(record: DeathRecord): Pick<DeathEvent, 'exec'> {
  const { process, waitStatus, signals, execFailed } = record;
  if ((waitStatus & 0x7f) === segmentationFault) {
    const last = signals.at(-1);
    if (!last?.self || last.number !== segmentationFault || last.code !== siKernel) return {};
    return execFailed ? { exec: 'failed' } : {};
  }
  if (waitStatus !== notFound << codeShift && waitStatus !== notExecutable << codeShift) return {};
  // Its memory was read, so it had no entry of its own; a fork has the name of its parent.
  const isFork = process.argv !== null && !process.fromExec;
  return isFork && process.ancestors[0]?.comm === process.comm ? { exec: 'never' } : {};
}
