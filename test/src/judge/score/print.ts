import { causes } from '@coroner/schema/cause';
import type { Result } from './compare.ts';
import {
  actorScore,
  causeScore,
  confidenceScore,
  incidentScore,
  originScore,
  type Score,
} from './tally.ts';

const nameWidth = 26;
const wholePercent = 100;

/** Precision and recall of causes, actors, origins and the grouping, a line each. */
export function scoreTable(results: readonly Result[]): string {
  const ofEach = causes
    .map((cause) => ({ cause, score: causeScore(results, cause) }))
    .filter(({ score }) => score.said + score.real > 0)
    .map(({ cause, score }) => line(`  ${cause}`, score));
  return [
    `${''.padEnd(nameWidth)} precision  recall     deaths`,
    line('causes', causeScore(results)),
    ...ofEach,
    line('confidence', confidenceScore(results)),
    line('actors', actorScore(results)),
    line('origins', originScore(results)),
    line('incidents (pairs)', incidentScore(results)),
  ].join('\n');
}

function line(name: string, { right, said, real }: Score): string {
  return `${name.padEnd(nameWidth)} ${percent(right, said)}    ${percent(right, real)}    ${real}`;
}

function percent(part: number, whole: number): string {
  const share = whole === 0 ? '–' : `${((part / whole) * wholePercent).toFixed(1)} %`;
  return share.padStart(7);
}
