import type { DeathEvent } from '@coroner/schema/event/death';
import type { DeathRecord, ProcessKey } from '../record/record.ts';

/** How often a process had called exec(2) when it last succeeded; null when that is not known. */
export type LastExec = (key: ProcessKey) => number | null;

const notExecutable = 126;
const notFound = 127;
const codeShift = 8;
const segmentationFault = 11;
const siKernel = 128;

/**
 * What its calls of exec(2) have to do with its end, where they may have. `failed`: one went beyond
 * the point of no return and did not succeed (bprm_execve() in fs/exec.c: a forced SIGSEGV, and the
 * count has grown). `never`: it left the shell or program that forked it only by exiting.
 */
export function execOf(record: DeathRecord, lastExec: LastExec): Pick<DeathEvent, 'exec'> {
  const { process, waitStatus, signals } = record;
  if ((waitStatus & 0x7f) === segmentationFault) {
    const last = signals.at(-1);
    if (!last?.self || last.number !== segmentationFault || last.code !== siKernel) return {};
    const succeeded = lastExec(process.key);
    return succeeded !== null && succeeded !== process.key.execId ? { exec: 'failed' } : {};
  }
  if (waitStatus !== notFound << codeShift && waitStatus !== notExecutable << codeShift) return {};
  // Its memory was read, so it had no entry of its own; a fork has the name of its parent.
  const isFork = process.argv !== null && !process.fromExec;
  return isFork && process.ancestors[0]?.comm === process.comm ? { exec: 'never' } : {};
}
