import type { HubClient } from '@coroner/schema/client/hub-client';
import { knownCounts } from '@coroner/schema/compared';
import type { ComparedRow } from '@coroner/schema/http/compare';
import type { AskedAt } from '../../question/question.ts';
import { startOfDay } from '../../question/time/local-day.ts';
import { type Fact, type Reply, reply } from '../reply.ts';
import { joined, type Words } from '../words.ts';
import { unwatchedWords } from './watched.ts';

const dayMs = 86_400_000;
const mostRows = 200;
const shownEach = 5;

/** Today against the same hours of yesterday, or the last seven days against the seven before. */
export type ComparedSpan = 'day' | 'week';

const days = /\b(?:yesterday|the day before)\b|昨[天日]|前一天/iu;
const weeks = /\b(?:last|previous) week\b|\bweek before\b|上[个個]?(?:周|星期|礼拜)/iu;
const asks =
  /^\W*(?:compare\b|what(?:'s| is| has)? (?:been )?(?:different|changed|new)\b|what differs\b|how does\b.*\bcompare\b)|(?:有(?:什么|哪些|何)(?:不同|变化|差别|区别))|对比|相比|比较/iu;

/** "What is different from last week?", "今天和昨天比较": which; null where the text is anything else. */
export function comparedSpan(text: string): ComparedSpan | null {
  const worded = text.trim();
  if (!asks.test(worded)) return null;
  if (weeks.test(worded)) return 'week';
  return days.test(worded) ? 'day' : null;
}

/** Rejects with the client's HubError alone. */
export async function aboutComparison(
  hub: HubClient,
  span: ComparedSpan,
  host: string | null,
  { now, timezone }: AskedAt,
): Promise<Reply> {
  const since = span === 'day' ? startOfDay(now, timezone) : new Date(now.getTime() - 7 * dayMs);
  const { items, period, before } = await hub.call('GET /v1/compare', {
    query: {
      ...(host !== null && { host }),
      since: since.toISOString(),
      until: now.toISOString(),
      with: span === 'day' ? 'day-before' : 'previous',
      limit: mostRows,
    },
  });
  const all = items.find(({ by }) => by === 'all');
  const where: Words = host === null ? [] : [' on ', { code: host }];
  const deaths = `${all ? knownCounts(all).now : 0} ${all?.count === 1 ? 'death' : 'deaths'}`;
  return reply({
    tone: 'listed',
    note: unwatchedWords({ period, before }),
    headline: [
      ...[deaths, ...where, ' from ', { at: period.since }, ' to ', { at: period.until }],
      ...[`; ${all ? knownCounts(all).before : 0} from `, { at: before.since }, ' to '],
      ...[{ at: before.until }, '.'],
    ],
    facts: [
      ...changed('Causes', items, 'cause'),
      ...changed('Programs', items, 'program'),
      ...(host === null ? changed('Hosts', items, 'host') : []),
      ...changed('By', items, 'actor'),
    ],
  });
}

/** What changed most of one kind; the hub has it in this order. */
function changed(label: string, rows: readonly ComparedRow[], kind: ComparedRow['by']): Fact[] {
  const words = rows
    .filter(({ by, change }) => by === kind && change !== 0)
    .slice(0, shownEach)
    .map((row): Words => {
      const { name, state } = row;
      const { now, before } = knownCounts(row);
      const what = state === 'new' || state === 'gone' ? ` (${state})` : '';
      return [{ code: name }, ` ${before} → ${now}${what}`];
    });
  return words.length > 0 ? [{ label, words: joined(words, ', ') }] : [];
}
