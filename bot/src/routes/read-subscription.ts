import type { AlertRouteBody } from '@coroner/schema/http/alert-routes';
import { readRoute } from './read-route.ts';
import { matchWords } from './words.ts';

const lists = ['hosts', 'units', 'labels', 'causes', 'users'] as const;
type Field = (typeof lists)[number] | 'severity' | 'quiet';
const longestName = 80;
export const usage =
  'Say what: `/coroner subscribe host web-* severity critical`. There is `host`, `unit`, `label`, `cause`, `user`, `severity` and `quiet 22:00-08:00`.';

/** `host web-* db-1 severity critical` as a route to one person. `wrong`: why not, in words. */
export function readSubscription(
  text: string,
  user: string,
  timeZone: string,
): { route: AlertRouteBody } | { wrong: string } {
  const typed: Partial<Record<Field, string>> = {};
  let field: Field | null = null;
  for (const word of text.trim().split(/\s+/)) {
    const next = fieldOf(word);
    if (next) field = next;
    else if (field === null) return { wrong: usage };
    else typed[field] = [typed[field], word].filter(Boolean).join(field === 'quiet' ? ' ' : ',');
  }
  const read = readRoute({ ...typed, name: 'subscription', channel: user }, timeZone);
  if ('wrong' in read) return { wrong: `${read.wrong.field}: ${read.wrong.message}` };
  if (Object.keys(read.route.match).length === 0) return { wrong: usage };
  const name = matchWords(read.route).slice(0, longestName);
  return { route: { ...read.route, name, owner: user, continue: true } };
}

function fieldOf(word: string): Field | null {
  const name = word.toLowerCase().replace(/:$/, '');
  if (name === 'severity' || name === 'quiet') return name;
  return lists.find((list) => list === name || list === `${name}s`) ?? null;
}
