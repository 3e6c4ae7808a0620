import { stableId } from '@coroner/schema/identity';
import type { RawEvent } from '../source.ts';

const remembered = 512;

/**
 * Gives the second and later of equal events of one file an id of their own (three failed logins in
 * one second are three), and the same ids when the file is read again.
 */
export function repeated(host: string): (event: RawEvent) => RawEvent {
  const counts = new Map<string, number>();
  return (event) => {
    const content = stableId(host, JSON.stringify(event));
    const count = (counts.get(content) ?? 0) + 1;
    counts.delete(content);
    counts.set(content, count);
    for (const oldest of counts.keys()) {
      if (counts.size <= remembered) break;
      counts.delete(oldest);
    }
    return count === 1 ? event : { ...event, id: stableId('again', content, count) };
  };
}
