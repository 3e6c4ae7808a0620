import type { RawEvent } from '../../source.ts';
import { recent } from './recent.ts';

type Ended = Extract<RawEvent, { kind: 'oom-kill' | 'crash' }>;

const remembered = 256;
const withinMs = 2_000;

/**
 * Drops the second of two records of one end: an abnormal one that the kernel prints and journald
 * writes down as well, and a kernel line that stands twice in a text (nobody is killed twice).
 */
export function withoutEcho(): (event: RawEvent) => boolean {
  const ends = recent<number>(remembered);
  const lines = recent<true>(remembered);
  const isFirst = ({ kind, pid, comm, bootUs, at }: Ended): boolean => {
    const when = bootUs ?? (kind === 'oom-kill' ? at : null);
    if (when === null) return true;
    const key = `${kind}/${pid}/${comm}/${when}`;
    const known = lines.get(key) === true;
    lines.set(key, true);
    return !known;
  };
  return (event) => {
    if (event.kind === 'oom-kill' || event.kind === 'crash')
      return event.source !== 'log' || isFirst(event);
    if (event.kind !== 'abnormal-end' || event.at === null) return true;
    const key = `${event.pid}/${event.comm}/${event.signal}`;
    const time = Date.parse(event.at);
    const before = ends.get(key);
    ends.set(key, time);
    return before === undefined || Math.abs(time - before) > withinMs;
  };
}
