import type { Alert } from '@coroner/schema/wire/alert';
import { alertSubject } from '@coroner/schema/wire/subjects';
import type { NatsConnection } from 'nats';
import type { Logger } from 'pino';
import { repeatWhenWoken, type Woken } from '../repeat.ts';
import type { Pool } from '../store/database.ts';
import {
  type DueIncident,
  markFailed,
  markHeld,
  markPublished,
  msUntilDue,
  takeDue,
} from '../store/incidents/outbox.ts';
import { enqueueDue } from '../store/routes/destinations.ts';
import { alertOf } from './alert.ts';
import { fitted } from './fitted.ts';
import { settle } from './settle.ts';
import { tellWebhooks } from './tell-webhooks.ts';

/** Of nats-server, and of the message id that goes with it. */
const usualMaxPayload = 1_048_576;
const headerBytes = 512;
/** Shorter than the lease of the outbox. */
const publishTimeoutMs = 5_000;
/** Looked at this often even when nobody woke us: a notification may be lost. */
const lookAgainMs = 2_000;

export interface AlertsOptions {
  connection: NatsConnection;
  pool: Pool;
  log: Logger;
  onPublished: (alert: { lastAt: string }) => void;
}

/**
 * Outbox → webhooks and JetStream: an incident's newest revision, once by its message id, and its row
 * goes when the stream has it. Several hubs may do this at once; the lease of a row keeps them apart.
 */
export function startAlerts({ connection, pool, log, onPublished }: AlertsOptions): Woken {
  const stream = connection.jetstream({ timeout: publishTimeoutMs });

  const mostBytes = () => (connection.info?.max_payload ?? usualMaxPayload) - headerBytes;

  /** The alert that the stream has now; null where there is none. */
  async function publish(incident: DueIncident): Promise<Alert | null> {
    try {
      const current = await alertOf(pool, incident);
      await tellWebhooks(pool, incident, current, mostBytes());
      const destinations = await settle(pool, incident, Date.now());
      if (destinations?.length === 0) {
        await markHeld(pool, incident);
        return null;
      }
      const alert = { ...current, ...(destinations === null ? {} : { destinations }) };
      await stream.publish(alertSubject(incident.id), fitted(alert, mostBytes()), {
        // Destinations only grow in number: the same revision may go to one more.
        msgID: `${incident.id}:${incident.revision}:${destinations?.length ?? 1}`,
      });
      return alert;
    } catch (error) {
      log.warn({ incident: incident.id, reason: (error as Error).message }, 'alert not published');
      await markFailed(pool, incident.id);
      return null;
    }
  }

  async function publishDue(): Promise<number> {
    await enqueueDue(pool);
    for (;;) {
      const due = await takeDue(pool);
      if (due.length === 0) break;
      const alerts = (await Promise.all(due.map(publish))).filter((alert) => alert !== null);
      // All in one commit. Should it fail, their leases end and the stream knows them by their ids.
      await markPublished(
        pool,
        alerts.map(({ incidentId, revision }) => ({ id: incidentId, revision })),
      );
      for (const alert of alerts) onPublished(alert);
    }
    return Math.min((await msUntilDue(pool)) ?? lookAgainMs, lookAgainMs);
  }

  return repeatWhenWoken(() =>
    publishDue().catch((error: Error) => {
      log.warn({ reason: error.message }, 'cannot look into the outbox, trying again');
      return lookAgainMs;
    }),
  );
}
