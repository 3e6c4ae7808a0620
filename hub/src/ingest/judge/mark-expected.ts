import { expectedBy } from '../../expected/match.ts';
import type { Transaction } from '../../store/database.ts';
import { rulesBetween } from '../../store/expected/rules.ts';
import type { Judged } from './judge-deaths.ts';

/** The same, with what somebody announced marked as expected: one statement for all. */
export async function markExpected(
  transaction: Transaction,
  judged: readonly Judged[],
): Promise<Judged[]> {
  const times = judged.map(({ happenedAt }) => happenedAt).sort(byTime);
  const [earliest, latest] = [times[0], times.at(-1)];
  if (earliest === undefined || latest === undefined) return [];
  const rules = await rulesBetween(transaction, earliest, latest);
  if (rules.length === 0) return [...judged];
  return judged.map((one) => {
    const { answer } = one.judgement;
    const expected = expectedBy(rules, answer, one.happenedAt);
    if (!expected) return one;
    return { ...one, judgement: { ...one.judgement, answer: { ...answer, expected } } };
  });
}

const byTime = (a: string, b: string): number => Date.parse(a) - Date.parse(b);
