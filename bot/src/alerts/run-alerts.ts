import type { Alert } from '@coroner/schema/wire/alert';
import {
  type AlertServer,
  type AlertSource,
  consumeAlerts,
  type OnAlert,
} from './consume-alerts.ts';
import { destinationsOf } from './destinations.ts';
import { type Lane, type LaneParts, lane } from './lane.ts';
import { tellOccurrences } from './occurrences/tell-occurrences.ts';
import { share } from './share.ts';

export interface AlertParts extends LaneParts {
  /** Between the first two lines about the growth of an incident in its thread, ms; 0: none. */
  occurrencesEveryMs: number;
  nats: AlertServer;
}

/** Posts each incident of the stream into its channels, until `signal` aborts. */
export async function runAlerts(parts: AlertParts, signal: AbortSignal): Promise<void> {
  const { channel: own, nats, log, occurrencesEveryMs: paceMs } = parts;
  const lanes = new Map<string, Lane>();
  let source: AlertSource | null = null;
  const newest = async (incidentId: string): Promise<Alert | null> =>
    source?.newest(incidentId) ?? null;
  const occurrences = tellOccurrences({ ...parts, newest, paceMs }, signal);
  const laneOf = (channel: string): Lane => {
    const known = lanes.get(channel) ?? lane({ ...parts, newest, occurrences }, channel, signal);
    lanes.set(channel, known);
    return known;
  };
  const onAlert: OnAlert = (alert, carrier) => {
    const destinations = destinationsOf(alert, own);
    for (const [{ channel }, mine] of share(carrier, destinations))
      laneOf(channel).take(alert, mine);
    if (destinations.length > 0) return;
    log.warn(
      { incidentId: alert.incidentId },
      'no route took it and SLACK_ALERT_CHANNEL is not set',
    );
    carrier.ack();
  };
  let keepAlive: NodeJS.Timeout | undefined;
  await consumeAlerts(nats, onAlert, log, signal, (ready) => {
    log.info({ channel: own }, 'alerts are on');
    source = ready;
    clearInterval(keepAlive);
    keepAlive = setInterval(() => {
      for (const each of lanes.values()) for (const carrier of each.carriers()) carrier.working();
    }, ready.ackWaitMs / 3);
  });
  clearInterval(keepAlive);
}
