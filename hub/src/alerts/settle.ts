import type { IncidentStatus } from '@coroner/schema/http/actions';
import type { Planned } from '@coroner/schema/http/alert-routes';
import type { AlertDestination } from '@coroner/schema/wire/alert';
import { plan } from '../routing/plan.ts';
import { stateOf } from '../store/actions/states.ts';
import type { Pool } from '../store/database.ts';
import type { DueIncident } from '../store/incidents/outbox.ts';
import { listRoutes } from '../store/routes/alert-routes.ts';
import { destinationsOf, saveDestinations } from '../store/routes/destinations.ts';
import { loadRouted } from '../store/routes/load-routed.ts';

/** In these an incident comes to no further channel: it would notify people of what somebody sees to. */
const quiet: ReadonlySet<IncidentStatus> = new Set(['snoozed', 'expected', 'resolved']);
const own: Planned = { channel: null, mentions: [], routeId: null, post: 'now', at: null };

/**
 * The channels that have the card of an incident or are to get it now, none while all of them wait;
 * null where that is the bot's own alert channel alone. What was released once stays.
 */
export async function settle(
  pool: Pool,
  incident: DueIncident,
  nowMs: number,
): Promise<AlertDestination[] | null> {
  const routes = await listRoutes(pool);
  const known = await destinationsOf(pool, incident.id);
  if (routes.length === 0 && known.length === 0) return null;
  // It was published before there were routes: its card is in the bot's own channel.
  const before = known.length === 0 && incident.published ? [own] : [];
  const isReleased = before.length > 0 || known.some(({ released }) => released);
  const isOver = incident.mergedInto !== null || incident.withdrawn === true;
  const stays = isReleased && quiet.has((await stateOf(pool, incident.id)).status);
  const planned =
    isOver || stays
      ? []
      : plan(routes, await loadRouted(pool, incident, routes), nowMs).destinations;
  const others = planned.filter(({ channel }) => before.length === 0 || channel !== null);
  await saveDestinations(pool, incident.id, [...before, ...others]);
  const now = await destinationsOf(pool, incident.id);
  return now
    .filter(({ released }) => released)
    .map(({ channel, mentions, routeId }) => ({ channel, mentions, routeId }));
}
