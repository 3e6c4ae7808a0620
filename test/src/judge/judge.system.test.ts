import { expect, test } from 'vitest';
import { goldenRecordings, judgeGolden } from './golden.ts';
import { disturb } from './perturbation.ts';
import { replayThroughHub } from './replay/through-hub.ts';
import { startIngest } from './replay/through-ingest.ts';
import { scenarios } from './scenarios/all.ts';

const patienceMs = 600_000;

/** The short form of `npm run judge`. */
test(
  'every golden scenario is judged right by the hub',
  async () => {
    const recordings = goldenRecordings(Date.now());
    const { results, misses } = judgeGolden(recordings, await replayThroughHub(recordings));
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
      for (const [seed, scenario] of scenarios.entries())
        found.push(...(await disturb(ingest, scenario, seed)));
    } finally {
      await ingest.stop();
    }
    expect(found).toEqual([]);
  },
  patienceMs,
);
