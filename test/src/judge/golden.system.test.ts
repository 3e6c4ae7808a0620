import { expect, test } from 'vitest';
import { goldenRecordings, judgeGolden } from './golden.ts';
import { replayThroughHub } from './replay/through-hub.ts';

test('every golden scenario is judged right by the hub', async () => {
  const recordings = goldenRecordings(Date.now());
  const { results, misses } = judgeGolden(recordings, await replayThroughHub(recordings));
  expect(misses).toEqual([]);
  expect(results.length).toBeGreaterThan(0);
});
