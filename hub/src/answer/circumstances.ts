import type { Cause } from '@coroner/schema/cause';
import type { Answer, MemoryStory } from '@coroner/schema/http/answer';
import type { Rhythm } from '@coroner/schema/http/related';
import { fitSchedule, fitToleranceMs } from '@coroner/schema/schedule/fit';
import { nextRunOf } from '@coroner/schema/schedule/next-run-of';
import { loopOf } from '../correlate/loop.ts';
import type { Queryable } from '../store/database.ts';
import { timesAlike, zonesOf } from '../store/questions/circumstances.ts';
import type { FoundDeath } from '../store/questions/find-deaths.ts';
import { chainFor } from './chain.ts';
import { nextRuns } from './next-runs.ts';

/** Somebody wanted these: their repetition is no loop of the program's own. */
const wanted: ReadonlySet<Cause> = new Set([
  ...(['exit-ok', 'signal-from-process', 'cgroup-kill', 'terminal-interrupt'] as const),
  ...(['service-stopped', 'container-stopped', 'session-ended', 'host-shutdown'] as const),
]);

type Circumstances = Pick<Answer['related'], 'chain' | 'loop' | 'nextRuns' | 'rhythm'>;

/** What may have led to it, how often it came, and when it comes again. */
export async function circumstancesOf(
  on: Queryable,
  death: FoundDeath,
  memory: MemoryStory | null,
  now: Date,
): Promise<Circumstances> {
  const { cause } = death.answer.verdict;
  const origin = death.answer.actor?.origin;
  const runs = origin?.type === 'cron' ? await nextRuns(on, origin, now) : [];
  const chain = await chainFor(on, death, memory);
  const times = cause === 'exit-ok' ? [] : await timesAlike(on, death);
  const loop = wanted.has(cause) ? null : loopOf(times);
  const rhythm =
    loop || origin?.type === 'cron' ? null : await rhythmOf(on, death.host, times, now);
  return {
    ...(chain.length > 0 ? { chain } : {}),
    ...(loop ? { loop } : {}),
    ...(runs.length > 0 ? { nextRuns: runs } : {}),
    ...(rhythm ? { rhythm } : {}),
  };
}

async function rhythmOf(
  on: Queryable,
  host: string,
  newestFirst: readonly number[],
  now: Date,
): Promise<Rhythm | null> {
  const fit = fitSchedule(newestFirst.toReversed(), [
    ...new Set([...(await zonesOf(on, host)), 'UTC']),
  ]);
  if (!fit) return null;
  const next = nextRunOf(fit.schedule, fit.timeZone, now)?.toISOString() ?? null;
  return { ...fit, toleranceMs: fitToleranceMs, next, confidence: 'possible' };
}
