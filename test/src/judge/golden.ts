import { type Recording, record } from './recording/recording.ts';
import type { Answers } from './replay/answered.ts';
import { scenarios } from './scenarios/all.ts';
import { inventedIn, type Result, resultsOf } from './score/compare.ts';
import { groupingMisses, inventedInWords, missesOf } from './score/misses.ts';

/** Every golden scenario, the last thing in it happening at `endMs`. */
export function goldenRecordings(endMs: number): Recording[] {
  return scenarios.map((scenario) => {
    const lastMs = Math.max(...record(scenario, 0, 'golden').sent.map(({ sentMs }) => sentMs));
    return record(scenario, endMs - lastMs, 'golden');
  });
}

/** The verdicts on whole evidence, and all that is wrong with them in words. */
export function judgeGolden(
  recordings: readonly Recording[],
  answers: Answers,
): { results: Result[]; misses: string[] } {
  const truth = recordings.flatMap((recording) => recording.truth);
  const results = resultsOf(truth, answers);
  const misses = results.flatMap(missesOf);
  misses.push(...inventedIn(truth, answers).map(inventedInWords), ...groupingMisses(results));
  return { results, misses };
}
