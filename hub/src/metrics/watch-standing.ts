import type { Logger } from 'pino';
import { repeat } from '../repeat.ts';
import type { Pool } from '../store/database.ts';
import { standingOf } from '../store/standing.ts';
import type { Metrics } from './metrics.ts';

const everyMs = 15_000;

/** Keeps the gauges of what waits in Postgres, until `stop`; while that cannot be asked there are none. */
export function watchStanding(
  pool: Pool,
  metrics: Metrics,
  log: Logger,
): { stop(): Promise<void> } {
  const { outboxWaiting, outboxOldest, webhooks, webhookWaiting, webhookOldest } = metrics;
  const { hosts, databaseBytes } = metrics;
  const look = async () => {
    const standing = await standingOf(pool);
    outboxWaiting.set(standing.outboxWaiting);
    outboxOldest.set(standing.outboxOldestSeconds);
    webhooks.set({ state: 'on' }, standing.webhooksOn);
    webhooks.set({ state: 'off' }, standing.webhooksOff);
    webhookWaiting.set(standing.deliveriesWaiting);
    webhookOldest.set(standing.deliveriesOldestSeconds);
    hosts.set({ state: 'reporting' }, standing.hostsReporting);
    hosts.set({ state: 'silent' }, standing.hostsSilent);
    hosts.set({ state: 'gone' }, standing.hostsGone);
    databaseBytes.set(standing.databaseBytes);
  };
  return repeat(look, everyMs, ({ message }) => {
    for (const gauge of [outboxWaiting, outboxOldest, webhookWaiting, webhookOldest, databaseBytes])
      gauge.remove();
    for (const gauge of [webhooks, hosts]) gauge.reset();
    log.warn({ reason: message }, 'cannot measure what waits in Postgres, trying again');
  });
}
