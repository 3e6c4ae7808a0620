import type {
  AlertRoute,
  Planned,
  RouteAnswer,
  Threshold,
} from '@coroner/schema/http/alert-routes';
import { misfit, type RoutedIncident } from './fit.ts';
import { quietUntil } from './quiet-hours.ts';

const msPerSecond = 1_000;
/** The bot's own alert channel: no alert is lost for want of a route. */
const fallback: Planned = { channel: null, mentions: [], routeId: null, post: 'now', at: null };

/**
 * Where an incident goes at this moment, a channel once, and why. The first route that fits takes it,
 * unless that one continues; subscriptions (routes with an owner) are tried always and take nothing.
 */
export function plan(
  routes: readonly AlertRoute[],
  incident: RoutedIncident,
  nowMs: number,
): Omit<RouteAnswer, 'severity'> {
  const told: RouteAnswer['routes'] = [];
  const taken: AlertRoute[] = [];
  let taker: AlertRoute | null = null;
  for (const route of routes) {
    const { id, name, owner } = route;
    const why = misfit(route.match, incident);
    const isLate = taker !== null && owner === undefined;
    const because = why ?? (isLate ? `${taker?.name} took it` : 'it fits');
    const takes = why === null && !isLate;
    told.push({ id, name, takes, because });
    if (!takes) continue;
    taken.push(route);
    if (owner === undefined && !route.continue) taker = route;
  }
  const all = taken.map((route) => destination(route, incident, nowMs));
  const isTaken = taken.some(({ owner }) => owner === undefined);
  return { routes: told, destinations: byChannel(isTaken ? all : [fallback, ...all]) };
}

function destination(route: AlertRoute, incident: RoutedIncident, nowMs: number): Planned {
  const { channel, mentions, id: routeId, threshold, quietHours } = route;
  const where = { channel, mentions, routeId };
  if (threshold && !reached(threshold, incident.diedAtMs))
    return { ...where, post: 'below-threshold', at: null };
  const isUrgent = incident.severity === 'critical';
  const until = quietHours && !isUrgent ? quietUntil(quietHours, nowMs) : null;
  if (until === null) return { ...where, post: 'now', at: null };
  return { ...where, post: 'later', at: new Date(until).toISOString() };
}

/** Whether so many died within any span of that length, its end included. */
function reached({ deaths, seconds }: Threshold, diedAtMs: readonly number[]): boolean {
  return diedAtMs.some((first, index) => {
    const last = diedAtMs[index + deaths - 1];
    return last !== undefined && last - first <= seconds * msPerSecond;
  });
}

const soonest = ['now', 'later', 'below-threshold'];
const sooner = (a: Planned, b: Planned): number =>
  soonest.indexOf(a.post) - soonest.indexOf(b.post) ||
  Date.parse(a.at ?? '') - Date.parse(b.at ?? '') ||
  0;

/** Of several routes to one channel the soonest counts, and all that say the same name their people. */
function byChannel(all: readonly Planned[]): Planned[] {
  const channels = new Map<string | null, Planned>();
  for (const one of all) {
    const other = channels.get(one.channel);
    const [first = one, second] = other ? [other, one].sort(sooner) : [one];
    const isAlike = second?.post === first.post;
    const mentions = isAlike
      ? [...new Set([...first.mentions, ...second.mentions])]
      : first.mentions;
    channels.set(one.channel, { ...first, mentions });
  }
  return [...channels.values()];
}
