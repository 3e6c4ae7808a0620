import type { Incident, Span } from './incident.ts';
import type { IncidentKey } from './key.ts';

/** The next may keep its predecessors waiting this many times as long as they did. */
const patience = 2;

/** Whether what happened at `span` and the incident's deaths with this key are near each other. */
export function isClose(key: IncidentKey, incident: Incident, span: Span): boolean {
  const known = incident.keys.get(key.key) ?? incident.offers.get(key.key);
  if (!known || (known.deaths ?? 0) < (key.fewest ?? 0)) return false;
  const apartMs = Math.max(span.firstMs - known.lastMs, known.firstMs - span.lastMs);
  return apartMs <= windowOf(key, incident);
}

function windowOf({ windowMs, grows }: IncidentKey, incident: Incident): number {
  if (!grows) return windowMs;
  const steps = (grows.by === 'hosts' ? incident.hosts.length : incident.deaths) - 1;
  if (steps < 1) return windowMs;
  const paceMs = (Date.parse(incident.lastAt) - Date.parse(incident.firstAt)) / steps;
  return Math.min(Math.max(windowMs, patience * paceMs), Math.max(windowMs, grows.toMs));
}
