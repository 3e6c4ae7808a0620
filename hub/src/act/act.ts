import type { ActionResult, Author, IncidentAction, NewAction } from '@coroner/schema/http/actions';
import { addAction, findAction } from '../store/actions/actions.ts';
import { saveState, stateOf } from '../store/actions/states.ts';
import { recordChanges } from '../store/changes.ts';
import { inTransaction, type Pool, type Transaction } from '../store/database.ts';
import { addRule } from '../store/expected/rules.ts';
import {
  type LockedIncident,
  lockIncident,
  touchIncident,
} from '../store/incidents/lock-incident.ts';
import { enqueueAlerts, toldOf } from '../store/incidents/save-incidents.ts';
import { notifyChanges } from '../store/notify.ts';
import { getDeath } from '../store/questions/get-death.ts';
import { ruleOf } from './rule-of.ts';
import { transition } from './transition.ts';

/** Why an action was not done. */
export interface Refused {
  code: 'not-found' | 'conflict';
  detail: string;
}

/**
 * Does what somebody wants done about an incident, once by its id, and tells everybody who shows the
 * incident; one that was merged gives the one that it is part of.
 */
export async function act(
  pool: Pool,
  incidentId: string,
  wanted: NewAction,
  by: Author,
): Promise<ActionResult | { refused: Refused }> {
  return inTransaction(pool, async (transaction) => {
    const named = await lockIncident(transaction, incidentId);
    const into = named?.mergedInto ?? null;
    const incident = into === null ? named : await lockIncident(transaction, into);
    if (!incident) return refuse('not-found', `there is no incident ${incidentId}`);
    const { id } = incident;
    const earlier = await findAction(transaction, wanted.id);
    if (earlier) {
      const isSame = earlier.incidentId === id && earlier.action.kind === wanted.kind;
      if (!isSame) return refuse('conflict', `the id ${wanted.id} belongs to another action`);
      const state = await stateOf(transaction, id);
      return { incidentId: id, action: earlier.action, state };
    }
    if (incident.withdrawn)
      return refuse('conflict', 'it was withdrawn: later evidence says that it was no incident');
    const next = transition(await stateOf(transaction, id), wanted.kind);
    if ('refused' in next) return refuse('conflict', next.refused);
    if (wanted.kind === 'expect' && !(await expectAlike(transaction, incident, wanted, by)))
      return refuse('conflict', 'its names fit no pattern: use npx coroner expected add');
    const action = await record(transaction, id, {
      ...{ id: wanted.id, kind: wanted.kind, status: next.status, by },
      note: wanted.note ?? null,
      until: 'until' in wanted ? wanted.until : null,
    });
    const state = await stateOf(transaction, id);
    await touchIncident(transaction, id);
    if ((await toldOf(transaction, [id])).size > 0) await enqueueAlerts(transaction, [id]);
    await tell(transaction, id);
    return { incidentId: id, action, state };
  });
}

/** Notes an action, and where the incident stands by it. Hold its row. */
export async function record(
  transaction: Transaction,
  incidentId: string,
  done: Omit<IncidentAction, 'at'>,
): Promise<IncidentAction> {
  const action = await addAction(transaction, incidentId, done);
  const { status, id: actionId, until } = action;
  if (done.kind !== 'note') await saveState(transaction, incidentId, { status, actionId, until });
  return action;
}

/** The commit tells all hubs and whoever follows the stream. Call it last. */
export async function tell(transaction: Transaction, incidentId: string): Promise<void> {
  const changes = { deaths: [], incidents: [incidentId] };
  await notifyChanges(transaction, changes);
  await recordChanges(transaction, changes);
}

async function expectAlike(
  transaction: Transaction,
  { deathId, hosts }: LockedIncident,
  { note: reason, until }: Extract<NewAction, { kind: 'expect' }>,
  { name: author }: Author,
): Promise<boolean> {
  const death = await getDeath(transaction, deathId);
  const rule = death && ruleOf(death.answer, hosts, { reason, author, until });
  if (rule) await addRule(transaction, rule);
  return Boolean(rule);
}

const refuse = (code: Refused['code'], detail: string) => ({ refused: { code, detail } });
