import type { WebhookEvent, WebhookMessage } from '@coroner/schema/http/webhooks';
import { severityOf } from '@coroner/schema/severity';
import type { Alert } from '@coroner/schema/wire/alert';
import { misfit } from '../routing/fit.ts';
import type { Pool } from '../store/database.ts';
import type { DueIncident } from '../store/incidents/outbox.ts';
import { loadRouted } from '../store/routes/load-routed.ts';
import { type Told, tell, toldTo } from '../store/webhooks/told.ts';
import { listeningWebhooks } from '../store/webhooks/webhooks.ts';
import { fitted } from './fitted.ts';

/** Somebody sees to it, or it is over: nobody is told of it for the first time. */
const quiet: ReadonlySet<string> = new Set(['snoozed', 'expected', 'resolved']);
const over = 'withdrawn';

/**
 * Puts what became of an incident into the queues of the webhooks that it fits, or that heard of it
 * before; once for each revision. Slack's routes, quiet hours and thresholds do not count here.
 */
export async function tellWebhooks(
  pool: Pool,
  incident: DueIncident,
  alert: Alert,
  mostBytes: number,
): Promise<void> {
  const webhooks = await listeningWebhooks(pool);
  if (webhooks.length === 0) return;
  const told = await toldTo(pool, incident.id);
  const isOver = incident.withdrawn === true || (incident.mergedInto ?? null) !== null;
  const status = isOver ? over : (alert.state?.status ?? 'open');
  const routed = await loadRouted(pool, incident, []);
  const tellings = webhooks.flatMap(({ id, match, events }) => {
    const before = told.get(id);
    if (!before && misfit(match, routed) !== null) return [];
    const event = eventOf(before, status);
    if (event === null) return [];
    const isWanted = events === undefined || events.includes(event);
    const body = isWanted ? bodyOf(event, incident, alert, mostBytes) : null;
    return [{ webhookId: id, message: body === null ? null : { event, body } }];
  });
  if (tellings.length === 0) return;
  const { id: incidentId, revision } = incident;
  await tell(pool, { incidentId, revision, status }, tellings);
}

/** What happened to the incident since a webhook heard of it; null where that is nothing for it. */
export function eventOf(before: Told | undefined, status: string): WebhookEvent | null {
  if (!before) return status === over || quiet.has(status) ? null : 'incident.created';
  if (before.status === over) return null;
  if (status === over) return 'incident.withdrawn';
  const isNow = before.status !== status;
  return status === 'resolved' && isNow ? 'incident.resolved' : 'incident.updated';
}

function bodyOf(
  type: WebhookEvent,
  { cause, mergedInto = null }: DueIncident,
  alert: Alert,
  mostBytes: number,
): string {
  const { v: _version, ...data } = JSON.parse(fitted(alert, mostBytes)) as Alert;
  const { confidence } = data.answer.verdict;
  const { deaths } = data;
  const severity = severityOf({ cause, confidence, deaths, hosts: data.hosts.length });
  const message: WebhookMessage = {
    ...{ type, timestamp: new Date().toISOString() },
    data: { ...data, severity, mergedInto },
  };
  return JSON.stringify(message);
}
