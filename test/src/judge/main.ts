import { goldenRecordings, judgeGolden } from './golden.ts';
import { disturb, seedOf } from './perturbation.ts';
import { replayThroughHub } from './replay/through-hub.ts';
import { startIngest } from './replay/through-ingest.ts';
import { scenarios } from './scenarios/all.ts';
import { scoreTable } from './score/print.ts';

/**
 * `npm run judge`: replays the golden scenarios through nats-server, hub and Postgres and prints how
 * many verdicts are right; then replays each of them disturbed. Exit status 1 when a golden verdict
 * is wrong, or a disturbed one accuses somebody falsely. CORONER_JUDGE_SEEDS is how often each scenario
 * is disturbed, CORONER_JUDGE_FIRST_SEED shows a miss again.
 */
const mostPrinted = 4;
const defaultSeeds = '20';
const seeds = Number(process.env['CORONER_JUDGE_SEEDS'] ?? defaultSeeds);
const firstSeed = Number(process.env['CORONER_JUDGE_FIRST_SEED'] ?? '1');
if (!(seeds >= 0 && firstSeed >= 0))
  throw new Error('CORONER_JUDGE_SEEDS and CORONER_JUDGE_FIRST_SEED must be numbers from 0 on');

const recordings = goldenRecordings(Date.now());
const { results, misses } = judgeGolden(recordings, await replayThroughHub(recordings), new Date());
for (const miss of misses) console.log(`✗ ${miss}`);
console.log(scoreTable(results));

const ingest = await startIngest();
let wrong = 0;
try {
  for (const [place, scenario] of scenarios.entries())
    for (let index = 0; index < seeds; index += 1) {
      const found = await disturb(ingest, scenario, seedOf(index, place, firstSeed));
      if (found.length > 0) wrong += 1;
      for (const one of found.slice(0, mostPrinted)) console.log(`✗ ${one}`);
      if (found.length > mostPrinted) console.log(`  and ${found.length - mostPrinted} more`);
    }
} finally {
  await ingest.stop();
}
console.log(`${seeds * scenarios.length} disturbed replays: ${wrong} wrong`);
if (misses.length + wrong > 0) process.exitCode = 1;
