import type { Answer } from '@coroner/schema/http/answer';
import type { Alert } from '@coroner/schema/wire/alert';

const fewEvidence = 10;
const fewGaps = 5;
const fewArguments = 10;

/** What a card can do without, the bulkiest and least said first; the API has all of it. */
const reductions: readonly ((answer: Answer) => Answer)[] = [
  ({ memory: _memory, ...answer }) => answer,
  (answer) => (answer.oom ? { ...answer, oom: { ...answer.oom, tasks: [] } } : answer),
  ({ nearMisses: _misses, revisions: _revisions, others: _others, ...answer }) => answer,
  (answer) => ({ ...answer, related: withoutSchedules(answer.related) }),
  (answer) => ({
    ...answer,
    evidence: answer.evidence.slice(0, fewEvidence),
    gaps: answer.gaps.slice(0, fewGaps),
  }),
  (answer) => ({
    ...answer,
    death: { ...answer.death, cmdline: answer.death.cmdline.slice(0, fewArguments) },
    actor: answer.actor && {
      ...answer.actor,
      cmdline: answer.actor.cmdline.slice(0, fewArguments),
      ancestry: answer.actor.ancestry.map(({ pid, comm }) => ({ pid, comm })),
    },
  }),
  (answer) => ({ ...answer, evidence: [], gaps: [] }),
];

const withoutSchedules = ({ nextRuns: _runs, ...related }: Answer['related']) => related;

/** The alert as JSON of at most `mostBytes`; parts of the answer go where it would be more. Throws when that does not help. */
export function fitted(alert: Alert, mostBytes: number): string {
  let { answer } = alert;
  let text = JSON.stringify(alert);
  for (const reduce of reductions) {
    if (Buffer.byteLength(text) <= mostBytes) return text;
    answer = reduce(answer);
    text = JSON.stringify({ ...alert, answer });
  }
  const bytes = Buffer.byteLength(text);
  if (bytes <= mostBytes) return text;
  throw new Error(
    `the alert has ${bytes} bytes without its evidence, nats-server takes ${mostBytes}`,
  );
}
