import type { RawEvent } from '../../source.ts';
import { recent } from './recent.ts';

const remembered = 256;
const withinMs = 2_000;

/**
 * Drops the second of two records of one abnormal end: the kernel prints it, and journald writes
 * the audit record down as well.
 */
export function withoutEcho(): (event: RawEvent) => boolean {
  const ends = recent<number>(remembered);
  return (event) => {
    if (event.kind !== 'abnormal-end' || event.at === null) return true;
    const key = `${event.pid}/${event.comm}/${event.signal}`;
    const time = Date.parse(event.at);
    const before = ends.get(key);
    ends.set(key, time);
    return before === undefined || Math.abs(time - before) > withinMs;
  };
}
