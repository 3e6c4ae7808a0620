import { stableId } from '@coroner/schema/identity';
import type { RawEvent } from '../source.ts';

/** Facts of one file that are told apart by order; beyond this many the oldest are forgotten. */
const rememberedFacts = 65_536;

/**
 * Gives events of a file ids that depend on what they say, so that the same file, or its rotated
 * copy, read twice gives the same ids. Equal events (two equal lines in one second) are numbered.
 */
export function eventIds(): (event: RawEvent) => string {
  const seen = new Map<string, number>();
  return (event) => {
    if (event.id !== undefined) return event.id;
    const content = stableId('read', JSON.stringify(event));
    const count = (seen.get(content) ?? 0) + 1;
    seen.delete(content);
    seen.set(content, count);
    if (seen.size > rememberedFacts) {
      for (const oldest of seen.keys()) {
        seen.delete(oldest);
        break;
      }
    }
    return count === 1 ? content : stableId('read', content, count);
  };
}
