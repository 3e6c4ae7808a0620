import { setTimeout as sleep } from 'node:timers/promises';
import { testEvent } from '@coroner/schema/http/webhooks';
import type { Logger } from 'pino';
import { repeatWhenWoken, type Woken } from '../repeat.ts';
import type { Pool } from '../store/database.ts';
import {
  type Attempted,
  endAttempt,
  endWebhook,
  giveBack,
  type Taken,
  takeDeliveries,
} from '../store/webhooks/queue.ts';
import type { Network } from './networks.ts';
import { nextWaitMs } from './schedule.ts';
import { secretBehind, signedHeaders } from './secret.ts';
import { type Outcome, send } from './send.ts';

const lookEveryMs = 1_000;
/** What is under way when the hub stops has this long to end. */
const graceMs = 2_000;
/** 410: the receiver wants no more, RFC 9110, 15.5.11. */
const gone = 410;

/** How webhooks are signed, and where they may go. */
export interface WebhookSettings {
  /** The same for all hubs of one database; null: there can be no webhooks. */
  key: string | null;
  /** Beside the public addresses. */
  networks: readonly Network[];
}

export interface DeliveringOptions extends WebhookSettings {
  pool: Pool;
  log: Logger;
  onAttempt: (outcome: 'delivered' | 'retried' | 'failed', seconds: number) => void;
}

/**
 * Sends what waits in the queues of webhooks, until `stop`. Several hubs may do this at once: a lease
 * keeps each message with one of them, and whoever dies in the middle is followed by another.
 */
export function startDelivering(options: DeliveringOptions): Woken {
  const { pool, log, onAttempt } = options;
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  const busy = new Map<string, number>();

  async function deliver(taken: Taken): Promise<void> {
    const startedMs = performance.now();
    const outcome = await attempt(taken, options, stopping.signal);
    if (stopping.signal.aborted && outcome.status === null) {
      await giveBack(pool, taken);
      return;
    }
    const attempted = judge(taken, outcome);
    const { state, status, reason } = attempted;
    if (status === gone) await endWebhook(pool, taken, attempted);
    else await endAttempt(pool, taken, attempted);
    const seconds = (performance.now() - startedMs) / 1_000;
    onAttempt(state === 'waiting' ? 'retried' : state, seconds);
    const { webhookId: webhook, id: message, attempts } = taken;
    if (state !== 'delivered')
      log.warn({ webhook, message, attempts, state, reason }, 'a webhook was not delivered');
  }

  async function track(taken: Taken): Promise<void> {
    const { webhookId } = taken;
    busy.set(webhookId, (busy.get(webhookId) ?? 0) + 1);
    await deliver(taken).catch((error: Error) =>
      // The lease ends, and it is sent again.
      log.warn({ message: taken.id, reason: error.message }, 'cannot note how a delivery ended'),
    );
    const left = (busy.get(webhookId) ?? 1) - 1;
    if (left > 0) busy.set(webhookId, left);
    else busy.delete(webhookId);
    looking.wake();
  }

  async function look(): Promise<number> {
    try {
      for (const taken of await takeDeliveries(pool, busy)) {
        const sending = track(taken).finally(() => underWay.delete(sending));
        underWay.add(sending);
      }
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'cannot look for deliveries, trying again');
    }
    return lookEveryMs;
  }

  const looking = repeatWhenWoken(look);
  return {
    wake: looking.wake,
    async stop() {
      await looking.stop();
      await Promise.race([Promise.all(underWay), sleep(graceMs, undefined, { ref: false })]);
      stopping.abort();
      await Promise.all(underWay);
    },
  };
}

async function attempt(
  { id, webhookId, url, body, secrets }: Taken,
  { key, networks }: WebhookSettings,
  signal: AbortSignal,
): Promise<Outcome> {
  const known = key === null ? [] : secrets.map((mark) => secretBehind(key, webhookId, mark));
  if (!known[0]) {
    const reason = 'CORONER_WEBHOOK_KEY of the hub is not the one that its secret was made with';
    return { status: null, reason, retryAfterMs: null };
  }
  // An earlier one may be of another key: then the receiver has to know the newest.
  const headers = signedHeaders(
    known.filter((secret) => secret !== null),
    id,
    body,
    Date.now(),
  );
  return send(url, headers, body, { networks, signal });
}

function judge({ attempts, event }: Taken, { status, reason, retryAfterMs }: Outcome): Attempted {
  if (reason === null) return { state: 'delivered', status, reason, waitMs: 0 };
  const isLast = event === testEvent;
  const waitMs = isLast ? null : nextWaitMs(attempts, retryAfterMs, Math.random());
  return { state: waitMs === null ? 'failed' : 'waiting', status, reason, waitMs: waitMs ?? 0 };
}
