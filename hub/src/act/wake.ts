import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import { repeat } from '../repeat.ts';
import { isSnoozeOver, quietOf, snoozesOver } from '../store/actions/states.ts';
import { inTransaction, type Pool, type Transaction } from '../store/database.ts';
import { lockIncident, touchIncident } from '../store/incidents/lock-incident.ts';
import { enqueueAlerts, toldOf } from '../store/incidents/save-incidents.ts';
import { record, tell } from './act.ts';
import { escalation } from './escalation.ts';

const lookEveryMs = 1_000;
const hub = { name: 'Coroner', slackUser: null, token: null };

/** Opens those of the incidents again that are quiet and grew too much for it. They have a new revision. */
export async function wakeGrown(
  transaction: Transaction,
  incidentIds: readonly string[],
): Promise<void> {
  for (const standing of await quietOf(transaction, incidentIds)) {
    const why = escalation(standing);
    if (why !== null) await reopen(transaction, standing.incidentId, why);
  }
}

/** Opens snoozed incidents again when their time is over, until `stop`. */
export function startWaking(pool: Pool, log: Logger): { stop(): Promise<void> } {
  const look = async () => {
    for (const id of await snoozesOver(pool)) await inTransaction(pool, (on) => endSnooze(on, id));
  };
  return repeat(look, lookEveryMs, (error) =>
    log.warn({ reason: error.message }, 'cannot end snoozes, trying again'),
  );
}

async function endSnooze(transaction: Transaction, id: string): Promise<void> {
  await lockIncident(transaction, id);
  if (!(await isSnoozeOver(transaction, id))) return;
  await reopen(transaction, id, 'the snooze is over');
  await touchIncident(transaction, id);
  if ((await toldOf(transaction, [id])).size > 0) await enqueueAlerts(transaction, [id]);
  await tell(transaction, id);
}

async function reopen(transaction: Transaction, id: string, note: string): Promise<void> {
  const done = { id: randomUUID(), kind: 'reopen', status: 'open', by: hub, until: null } as const;
  await record(transaction, id, { ...done, note });
}
