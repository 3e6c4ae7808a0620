import { printkStamp } from '../stamp/printk.ts';
import type { Stamp } from '../stamp/stamp.ts';
import type { Tagged } from './tag.ts';

/** A line of a text log, taken apart. */
export interface Entry {
  /** The time that the line carries; null when none. */
  readonly stamp: Stamp | null;
  readonly host: string | null;
  /** Name of the program that wrote it, as printed before `[pid]:`; null when not named. */
  readonly tag: string | null;
  readonly pid: number | null;
  /** The message. */
  readonly text: string;
  /** Syslog facility, where the line has it. */
  readonly facility: number | null;
  /**
   * `yes`: the log says that the kernel wrote it. `no`: another program did. `maybe`: the log names
   * nobody (dmesg, a console), so that `kernelText` is read for what only the kernel writes.
   */
  readonly kernel: 'yes' | 'no' | 'maybe';
  readonly kernelText: string;
  /** No prefix at all. */
  readonly bare: boolean;
}

/** The names under which kernel lines are written: klogd's, some routers', and a facility alone. */
const kernelTag = /^(?:kernel|vmunix|kern\.[a-z]{3,7})$/;

export function isKernelTag({ tag, pid }: Pick<Tagged, 'tag' | 'pid'>): boolean {
  return (pid === null || pid === 0) && kernelTag.test(tag);
}

/** A line of the kernel, without the time since boot that may stand before its words. */
export function withKernelTime(line: Entry): Entry {
  const words = line.kernelText.trimStart();
  const printk = printkStamp(words);
  if (!printk) return line;
  const text = words.slice(printk.length);
  const stamp = line.stamp ? { ...line.stamp, ...printk, time: line.stamp.time } : printk;
  return { ...line, stamp, text, kernelText: text };
}
