import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds, from a fast statement to a stall. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Metrics = ReturnType<typeof createMetrics>;

/** The hub's Prometheus metrics, in a registry of their own. */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const metrics = {
    registry,
    events: new Counter({
      name: 'coroner_hub_events_total',
      help: 'Events received, by whether they were stored for the first time.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    heartbeats: new Counter({
      name: 'coroner_hub_heartbeats_total',
      help: 'Heartbeats of agents received.',
      registers,
    }),
    deaths: new Counter({
      name: 'coroner_hub_deaths_total',
      help: 'Deaths judged for the first time, by cause.',
      labelNames: ['cause'] as const,
      registers,
    }),
    revisions: new Counter({
      name: 'coroner_hub_revisions_total',
      help: 'Verdicts that late evidence changed.',
      registers,
    }),
    quarantined: new Counter({
      name: 'coroner_hub_quarantined_total',
      help: 'Messages and events that could not be stored and were kept in quarantine.',
      registers,
    }),
    gaps: new Counter({
      name: 'coroner_hub_gaps_total',
      help: 'Gaps in the evidence that agents told of.',
      registers,
    }),
    lostRecords: new Counter({
      name: 'coroner_hub_lost_records_total',
      help: 'Records that agents lost, as far as they could count them.',
      registers,
    }),
    alerts: new Counter({
      name: 'coroner_hub_alerts_total',
      help: 'Revisions of incidents published to the alert stream.',
      registers,
    }),
    webhookAttempts: new Counter({
      name: 'coroner_hub_webhook_attempts_total',
      help: 'Attempts to deliver a message to a webhook, by outcome: delivered, retried, failed (given up).',
      labelNames: ['outcome'] as const,
      registers,
    }),
    webhookSeconds: new Histogram({
      name: 'coroner_hub_webhook_seconds',
      help: 'One attempt to deliver a message to a webhook.',
      buckets,
      registers,
    }),
    forgotten: new Counter({
      name: 'coroner_hub_forgotten_rows_total',
      help: 'Rows that were older than they are kept, by what they are.',
      labelNames: ['what'] as const,
      registers,
    }),
    batchSeconds: new Histogram({
      name: 'coroner_hub_batch_seconds',
      help: 'From taking messages of the queue to the commit.',
      buckets,
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'coroner_hub_request_seconds',
      help: 'HTTP requests, by route and status.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets,
      registers,
    }),
    waitingMessages: new Gauge({
      name: 'coroner_hub_waiting_messages',
      help: 'Messages of agents in JetStream that no hub has taken yet.',
      registers,
    }),
    outboxWaiting: new Gauge({
      name: 'coroner_hub_outbox_waiting',
      help: 'Incidents in Postgres whose newest revision the alert stream does not have yet.',
      registers,
    }),
    outboxOldest: new Gauge({
      name: 'coroner_hub_outbox_oldest_seconds',
      help: 'How long the oldest of them has waited.',
      registers,
    }),
    webhooks: new Gauge({
      name: 'coroner_hub_webhooks',
      help: 'Webhooks, by whether they are switched off.',
      labelNames: ['state'] as const,
      registers,
    }),
    webhookWaiting: new Gauge({
      name: 'coroner_hub_webhook_waiting',
      help: 'Messages that wait for their webhook.',
      registers,
    }),
    webhookOldest: new Gauge({
      name: 'coroner_hub_webhook_oldest_seconds',
      help: 'How long the oldest of them has waited.',
      registers,
    }),
    hosts: new Gauge({
      name: 'coroner_hub_hosts',
      help: 'Hosts, by when they were heard: reporting (a minute), silent (a day), gone.',
      labelNames: ['state'] as const,
      registers,
    }),
    databaseBytes: new Gauge({
      name: 'coroner_hub_database_bytes',
      help: 'Size of the database.',
      registers,
    }),
    natsConnected: new Gauge({
      name: 'coroner_hub_nats_connected',
      help: '1 while the connection to NATS is up.',
      registers,
    }),
  };
  // Known from the first scrape on: an increase from nothing is none for Prometheus.
  for (const outcome of ['new', 'repeated']) metrics.events.inc({ outcome }, 0);
  for (const outcome of ['delivered', 'retried', 'failed'])
    metrics.webhookAttempts.inc({ outcome }, 0);
  return metrics;
}
