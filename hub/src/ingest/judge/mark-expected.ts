import { expectedBy } from '../../expected/match.ts';
import type { Transaction } from '../../store/database.ts';
import { rulesBetween } from '../../store/expected/rules.ts';
import { labelsOf } from '../../store/hosts/host-labels.ts';
import type { Judged } from './judge-deaths.ts';

/** The same, with what somebody announced marked as expected: a statement or two for all. */
export async function markExpected(
  transaction: Transaction,
  judged: readonly Judged[],
): Promise<Judged[]> {
  const times = judged.map(({ happenedAt }) => happenedAt).sort(byTime);
  const [earliest, latest] = [times[0], times.at(-1)];
  if (earliest === undefined || latest === undefined) return [];
  const rules = await rulesBetween(transaction, earliest, latest);
  if (rules.length === 0) return [...judged];
  const labelled = rules.some(({ hostLabel }) => hostLabel !== undefined);
  const hosts = labelled ? judged.map(({ death }) => death.host) : [];
  const labels = await labelsOf(transaction, hosts);
  return judged.map((one) => {
    const { answer } = one.judgement;
    const expected = expectedBy(rules, answer, one.happenedAt, labels.get(one.death.host) ?? {});
    if (!expected) return one;
    return { ...one, judgement: { ...one.judgement, answer: { ...answer, expected } } };
  });
}

const byTime = (a: string, b: string): number => Date.parse(a) - Date.parse(b);
