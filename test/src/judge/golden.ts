import { type Recording, record } from './recording/recording.ts';
import type { Answers } from './replay/answered.ts';
import { scenarios } from './scenarios/all.ts';
import { inventedIn, type Result, resultsOf } from './score/compare.ts';
import { foresightMisses, groupingMisses, inventedInWords, missesOf } from './score/misses.ts';

/** Every golden scenario, the last thing in it happening at `endMs`. */
export function goldenRecordings(endMs: number): Recording[] {
  return scenarios.map((scenario) => {
    const lastMs = Math.max(...record(scenario, 0, 'golden').sent.map(({ sentMs }) => sentMs));
    return record(scenario, endMs - lastMs, 'golden');
  });
}

/** The verdicts on whole evidence, and all that is wrong with them in words. `askedAt`: when the API was asked for them. */
export function judgeGolden(
  recordings: readonly Recording[],
  answers: Answers,
  askedAt: Date | null = null,
): { results: Result[]; misses: string[] } {
  const truth = recordings.flatMap((recording) => recording.truth);
  const results = resultsOf(truth, answers);
  const misses = results.flatMap(missesOf);
  misses.push(...inventedIn(truth, answers).map(inventedInWords), ...groupingMisses(results));
  if (askedAt) misses.push(...foresightMisses(results, askedAt));
  return { results, misses };
}
