import type { Answer } from '@coroner/schema/http/answer';
import { duration } from '@coroner/schema/verdict/words/duration';
import type { Fact } from '../reply.ts';
import { joined, type Words } from '../words.ts';

const shownHosts = 5;

/** What may have led to a death, how often it came, and when it comes again; nothing where nothing is known. */
export function circumstanceFacts({ chain, loop, nextRuns, rhythm }: Answer['related']): Fact[] {
  const facts: [string, Words | null][] = [
    ['Possibly after', chain ? joined(chain.map(({ text }) => [{ code: text }])) : null],
    [
      'Again and again',
      loop
        ? [
            ordinal(loop.count),
            ' time since ',
            { at: loop.since },
            `, every ~${duration(loop.everyMs)}`,
          ]
        : null,
    ],
    ['Runs next', nextRuns ? runWords(nextRuns) : null],
    ['Possible rhythm', rhythm ? rhythmWords(rhythm) : null],
  ];
  return facts.flatMap(([label, words]) => (words ? [{ label, words }] : []));
}

/** 1st, 2nd, 3rd, 11th, 21st. */
function ordinal(count: number): string {
  const teens = count % 100 >= 11 && count % 100 <= 13;
  const ending = teens ? 'th' : (['th', 'st', 'nd', 'rd'][count % 10] ?? 'th');
  return `${count}${ending}`;
}

function runWords(runs: NonNullable<Answer['related']['nextRuns']>): Words {
  const [first] = runs;
  if (!first) return [];
  const hosts = [...new Set(runs.map(({ host }) => host))];
  const more = hosts.length - shownHosts;
  return [
    { at: first.at },
    ' on ',
    { code: first.host },
    ...(hosts.length > 1
      ? ['; the same line stands on ', { code: hosts.slice(0, shownHosts).join(', ') }]
      : []),
    more > 0 ? ` and ${more} more` : '',
  ];
}

function rhythmWords(rhythm: NonNullable<Answer['related']['rhythm']>): Words {
  const { schedule, timeZone, occurrences, toleranceMs, next } = rhythm;
  return [
    `${occurrences} times at `,
    { code: schedule },
    ` (${timeZone}), up to ${duration(toleranceMs)} late, though no such job is known`,
    ...(next ? ['; next ', { at: next }] : []),
  ];
}
