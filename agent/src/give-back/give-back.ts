import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Log } from '../log.ts';
import { dropPages, trimMemory } from '../probe/native/libc.ts';
import { cleanFileMappings } from './clean-mappings.ts';

/** By then the start is over: modules are read, the probe is loaded, /proc was looked through. */
const firstMs = 10_000;
const everyMs = 300_000;

/**
 * Gives back what the start, or a storm, needed and nobody uses any more: V8 collects only when it
 * allocates, which an idle agent hardly does. Takes some 30 ms. The result ends it.
 */
export function giveBackRegularly(log: Log): () => void {
  const collect = collector();
  const step = (): void => {
    try {
      giveBack(collect);
    } catch (error) {
      stop();
      log.warn(
        { reason: (error as Error).message },
        'memory that is not used cannot be given back',
      );
    }
  };
  const first = setTimeout(step, firstMs);
  const further = setInterval(step, everyMs);
  function stop(): void {
    clearTimeout(first);
    clearInterval(further);
  }
  return stop;
}

/**
 * Garbage, what malloc holds free, and the pages of programs and libraries: those stay in the
 * kernel's page cache, and what is run again is mapped again without being read from the disk.
 */
export function giveBack(collect: () => void): void {
  collect();
  trimMemory();
  for (const { from, to } of cleanFileMappings(readFileSync('/proc/self/smaps', 'latin1')))
    dropPages(from, Number(to - from));
}

/** V8's own, which only contexts have that are made after the flag is set. */
export function collector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
