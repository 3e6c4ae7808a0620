import { type AlertRoute, AlertRouteBody } from '@coroner/schema/http/alert-routes';
import { hoursText, readHours, readThreshold, thresholdText } from './hours.ts';
import { listed, matchOf, type TypedMatch, typedMatchOf } from './typed-match.ts';

/** A route as people type it, in a form or on a command line; lists with commas between. */
export interface TypedRoute extends TypedMatch {
  name?: string;
  channel?: string;
  mentions?: string;
  quiet?: string;
  threshold?: string;
  order?: string;
  continue?: boolean;
}

export type ReadRoute =
  | { route: AlertRouteBody }
  | { wrong: { field: keyof TypedRoute; message: string } };

/** By the names of the contract. */
const fields: Readonly<Record<string, keyof TypedRoute>> = {
  minSeverity: 'severity',
  quietHours: 'quiet',
};

/** The route that was typed, or the first field that is wrong and why. `timeZone`: of who typed it. */
export function readRoute(typed: TypedRoute, timeZone: string): ReadRoute {
  const { quiet, threshold, order } = typed;
  const hours = attempt('quiet', quiet, (text) => readHours(text, timeZone));
  if ('wrong' in hours) return hours;
  const least = attempt('threshold', threshold, readThreshold);
  if ('wrong' in least) return least;
  const read = AlertRouteBody.safeParse({
    name: typed.name?.trim() || undefined,
    channel: typed.channel,
    match: matchOf(typed),
    mentions: listed(typed.mentions),
    ...(hours.value ? { quietHours: hours.value } : {}),
    ...(least.value ? { threshold: least.value } : {}),
    ...(order?.trim() ? { order: Number(order) } : {}),
    ...(typed.continue ? { continue: true } : {}),
  });
  if (read.success) return { route: read.data };
  const issue = read.error.issues[0];
  const path = issue?.path.map(String) ?? [];
  const name = (path[0] === 'match' ? path[1] : path[0]) ?? 'name';
  const field = fields[name] ?? (name as keyof TypedRoute);
  const value = typeof typed[field] === 'string' && typed[field] !== '' ? typed[field] : null;
  const message = value === null ? 'is needed' : (issue?.message ?? 'is wrong');
  return { wrong: { field, message } };
}

/** The same route as somebody would have typed it. */
export function typedOf(route: AlertRoute): TypedRoute {
  const { name, channel, match, mentions, quietHours, threshold, order } = route;
  return {
    ...{ name, channel, order: String(order), continue: route.continue },
    ...typedMatchOf(match),
    ...(mentions.length > 0 ? { mentions: mentions.join(', ') } : {}),
    ...(quietHours ? { quiet: hoursText(quietHours) } : {}),
    ...(threshold ? { threshold: thresholdText(threshold) } : {}),
  };
}

function attempt<Value>(
  field: keyof TypedRoute,
  text: string | undefined,
  read: (text: string) => Value,
): { value: Value | null } | { wrong: { field: keyof TypedRoute; message: string } } {
  if (!text?.trim()) return { value: null };
  try {
    return { value: read(text) };
  } catch (error) {
    return { wrong: { field, message: (error as Error).message } };
  }
}
