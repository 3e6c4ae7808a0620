import type { Cause } from '../../cause.ts';
import type { EventOf } from '../../event/event.ts';
import type { Facts } from './facts.ts';
import { near } from './nearby.ts';

const memoryCauses: ReadonlySet<Cause> = new Set<Cause>(['oom-host', 'oom-cgroup', 'oom-daemon']);
/** In a loop of kills, one story serves several. */
const withinMs = 60_000;

/** What memory looked like before a death for want of it; empty for any other. */
export function memoryStory(facts: Facts, cause: Cause): EventOf<'memory-story'>[] {
  const story = memoryCauses.has(cause) ? storyOf(facts) : null;
  return story ? [story] : [];
}

/** The story of memory around the death that names the victim, else the nearest. */
export function storyOf({ evidence, death, victim }: Facts): EventOf<'memory-story'> | null {
  const stories = near(evidence, 'memory-story', death, withinMs);
  const own = stories.find(({ victims }) => victims.some(({ pid }) => pid === victim.pid));
  return own ?? stories[0] ?? null;
}
