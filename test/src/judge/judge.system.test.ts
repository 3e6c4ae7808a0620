import { expect, test } from 'vitest';
import { goldenRecordings, judgeGolden } from './golden.ts';
import { disturb, seedOf } from './perturbation.ts';
import { record, type Scenario } from './recording/recording.ts';
import { replayThroughHub } from './replay/through-hub.ts';
import { startIngest } from './replay/through-ingest.ts';
import { scenarios } from './scenarios/all.ts';

const patienceMs = 600_000;
const mostSeeds = 8;
/** Large fleets are disturbed less often: all of it takes seconds. */
const mostSent = 2_500;

function seedsFor(scenario: Scenario): number {
  const { sent } = record(scenario, 0, 'counted');
  return Math.max(1, Math.min(mostSeeds, Math.floor(mostSent / sent.length)));
}

/** The short form of `npm run judge`. */
test(
  'every golden scenario is judged right by the hub',
  async () => {
    const recordings = goldenRecordings(Date.now());
    const answers = await replayThroughHub(recordings);
    const { results, misses } = judgeGolden(recordings, answers, new Date());
    expect(misses).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  },
  patienceMs,
);

test(
  'late evidence leads to the same verdicts, and lost evidence accuses nobody else',
  async () => {
    const ingest = await startIngest();
    const found: string[] = [];
    try {
      for (const [place, scenario] of scenarios.entries())
        for (let index = 0; index < seedsFor(scenario); index += 1)
          found.push(...(await disturb(ingest, scenario, seedOf(index, place))));
    } finally {
      await ingest.stop();
    }
    expect(found).toEqual([]);
  },
  patienceMs,
);
