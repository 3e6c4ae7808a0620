import type { Alert } from '@coroner/schema/wire/alert';

/** A message of the stream that carried a state; whoever delivers the state acknowledges it. */
export interface Carrier {
  ack(): void;
  /** Holds off its redelivery. */
  working(): void;
  /** It was delivered before: somebody may have posted it already. */
  redelivered: boolean;
}

/** The newest state of an incident that Slack does not have yet. */
export interface Pending {
  alert: Alert;
  carriers: Carrier[];
}

/**
 * Incidents with a state that waits for Slack. States of one incident are coalesced: the newest wins,
 * and with it the messages of the older ones are done.
 */
export interface IncidentBoard {
  /** True when nothing of this incident was waiting: somebody has to start on it. */
  put(alert: Alert, carrier: Carrier): boolean;
  newest(incidentId: string): Pending | null;
  /** This state, and all before it, have reached Slack. */
  done(incidentId: string, delivered: Pending): void;
  /** Every message that waits, to tell the stream that we work on it. */
  carriers(): Carrier[];
  size(): number;
}

/** For a state that was looked up in the stream: nothing waits for an acknowledgement. */
export const noCarrier: Carrier = {
  ack: () => undefined,
  working: () => undefined,
  redelivered: false,
};

export function incidentBoard(): IncidentBoard {
  const waiting = new Map<string, Pending>();
  return {
    put(alert, carrier) {
      const old = waiting.get(alert.incidentId);
      if (!old) {
        waiting.set(alert.incidentId, { alert, carriers: [carrier] });
        return true;
      }
      const newer = alert.revision > old.alert.revision ? alert : old.alert;
      waiting.set(alert.incidentId, { alert: newer, carriers: [...old.carriers, carrier] });
      return false;
    },
    newest: (incidentId) => waiting.get(incidentId) ?? null,
    done(incidentId, { alert, carriers }) {
      for (const carrier of carriers) carrier.ack();
      const now = waiting.get(incidentId);
      if (!now) return;
      const left = now.carriers.filter((carrier) => !carriers.includes(carrier));
      if (left.length > 0) waiting.set(incidentId, { alert: now.alert, carriers: left });
      else waiting.delete(incidentId);
      // What came meanwhile and is older than what was sent needs no message of its own.
      if (left.length > 0 && now.alert.revision <= alert.revision) {
        for (const carrier of left) carrier.ack();
        waiting.delete(incidentId);
      }
    },
    carriers: () => [...waiting.values()].flatMap((each) => each.carriers),
    size: () => waiting.size,
  };
}
