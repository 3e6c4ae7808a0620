import { dateStamp } from '../stamp/date.ts';
import type { Stamp } from '../stamp/stamp.ts';
import type { Entry } from './entry.ts';

/** Kubernetes CRI: `2025-07-05T12:18:55.018254745Z stderr F text`. */
const cri = /^(\d{4}-\d\d-\d\dT\S{8,40}) (?:stdout|stderr) [FP](?::\w+)? /;
const longestJson = 64 * 1024;

/**
 * A line of a container's own output, as Docker's json-file driver or a CRI runtime stores it;
 * null when it is another one. Whatever stands in it, a program in a container wrote it.
 */
export function containerLine(line: string): Entry | null {
  const match = cri.exec(line);
  if (match) return written(line.slice(match[0].length), dateStamp(`${match[1]} `));
  if (!line.startsWith('{"log":"') || line.length > longestJson) return null;
  const { log, time } = dockerRecord(line);
  if (typeof log !== 'string') return null;
  return written(log.trimEnd(), typeof time === 'string' ? dateStamp(`${time} `) : null);
}

function dockerRecord(line: string): { log?: unknown; time?: unknown } {
  try {
    return JSON.parse(line) as object;
  } catch {
    // Torn: the next line is one of its own.
    return {};
  }
}

function written(text: string, stamp: Stamp | null): Entry {
  return {
    stamp,
    host: null,
    tag: null,
    pid: null,
    text,
    facility: null,
    kernel: 'no',
    kernelText: text,
    bare: false,
  };
}
