import { actorIsRight, causeIsRight, isFalseAccusation, type Result } from './result.ts';

/** True cause against verdict, a line each pair, with the actor's correctness beside it. */
export function confusionMatrix(results: readonly Result[]): string {
  const rows = new Map<string, { count: number; actors: number }>();
  for (const result of results) {
    const verdict = result.answer?.verdict.cause ?? 'no answer';
    const row = rows.get(`${result.variant.cause}\t${verdict}`) ?? { count: 0, actors: 0 };
    row.count += 1;
    if (actorIsRight(result)) row.actors += 1;
    rows.set(`${result.variant.cause}\t${verdict}`, row);
  }
  const lines = [...rows].sort().map(([pair, { count, actors }]) => {
    const [truth = '', verdict = ''] = pair.split('\t');
    const mark = truth === verdict ? ' ' : '×';
    return `${mark} ${truth.padEnd(20)} ${verdict.padEnd(20)} ${String(count).padStart(3)}   actor right ${actors}/${count}`;
  });
  return [`  ${'true cause'.padEnd(20)} ${'verdict'.padEnd(20)}`, ...lines, summary(results)].join(
    '\n',
  );
}

function summary(results: readonly Result[]): string {
  const share = (test: (result: Result) => boolean): string =>
    `${results.filter(test).length}/${results.length}`;
  return `causes right ${share(causeIsRight)}, actors right ${share(actorIsRight)}, false accusations ${share(isFalseAccusation)}`;
}

/** What went wrong with a variant; null when nothing did. */
export function missInWords(result: Result): string | null {
  if (causeIsRight(result) && actorIsRight(result)) return null;
  const { variant, truth, answer, error } = result;
  return `${variant.cause}: ${variant.name} (pid ${truth?.pid ?? '?'}, actor ${truth?.actor ?? 'none'}): ${error ?? `${answer?.verdict.summary} [actor ${answer?.actor?.pid ?? 'none'}]`}`;
}
