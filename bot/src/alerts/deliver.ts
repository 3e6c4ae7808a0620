import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert } from '@coroner/schema/wire/alert';
import type { Logger } from 'pino';
import type { ChannelQueue } from '../slack/post/channel-queue.ts';
import { refusalOf } from '../slack/post/refusal.ts';
import type { Cards } from './card.ts';
import { CardBusyError } from './card.ts';
import { type IncidentBoard, noCarrier } from './incident-board.ts';
import type { Undeliverable } from './undeliverable.ts';

const busyWaitMs = 500;
const firstBackoffMs = 500;
const longestBackoffMs = 30_000;

export interface Delivering {
  board: IncidentBoard;
  cards: Cards;
  queue: ChannelQueue;
  channel: string;
  /** The newest state that the stream holds; null when it cannot tell. */
  newest(incidentId: string): Promise<Alert | null>;
  undeliverable: Undeliverable;
  log: Logger;
}

/**
 * Brings what waits on the board for one incident to Slack, until nothing waits. What the queue does
 * not repeat by itself is tried again here without holding up the other incidents of the channel: for
 * ever while the hub is away or another bot posts, a few times where Slack says that it never will.
 */
export async function deliver(
  incidentId: string,
  delivering: Delivering,
  signal: AbortSignal,
): Promise<void> {
  const { board, channel, newest, undeliverable, log } = delivering;
  let failures = 0;
  let refusals = 0;
  let triedBefore = false;
  while (!signal.aborted) {
    if (!board.newest(incidentId)) return;
    try {
      const shown = await showNewest(incidentId, delivering, triedBefore);
      // Two bots that edit one card at the same moment may overtake each other: whoever was last
      // sees here that the stream holds something newer than what it has just shown.
      const latest = shown === null ? null : await newest(incidentId);
      if (latest && latest.revision > (shown ?? 0)) board.put(latest, noCarrier);
      failures = 0;
      refusals = 0;
    } catch (error) {
      if (signal.aborted) return;
      const refusal = refusalOf(error);
      if (refusal?.kind === 'permanent' || refusal?.kind === 'blocks') {
        refusals += 1;
        const code = refusal.kind === 'permanent' ? refusal.code : 'invalid_blocks';
        if (undeliverable.givesUp(code, refusals)) return passOver(incidentId, delivering, code);
      }
      const busy = error instanceof CardBusyError;
      triedBefore ||= !busy;
      if (!busy) failures += 1;
      const backoffMs = Math.min(firstBackoffMs * 2 ** failures, longestBackoffMs);
      const waitMs = busy ? busyWaitMs : backoffMs;
      const what = { incidentId, channel, waitMs, error: String(error) };
      if (!busy) log.warn(what, 'an alert is not posted: trying again');
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

/**
 * The revision that Slack shows now; null when nothing waited any more. `triedBefore`: a post before
 * may have reached Slack and failed after that.
 */
async function showNewest(
  incidentId: string,
  { board, cards, queue, channel }: Delivering,
  triedBefore: boolean,
): Promise<number | null> {
  // Whoever only waits for another bot takes no turn in the channel.
  await cards.reserve(incidentId);
  return queue.run(channel, cards.kind(incidentId), 'alert', async ({ ambiguous }) => {
    // What is newest is decided when the turn has come, not when the state arrived.
    const pending = board.newest(incidentId);
    if (!pending) return null;
    const suspect = triedBefore || ambiguous || pending.carriers.some((each) => each.redelivered);
    await cards.show(pending.alert, suspect);
    board.done(incidentId, pending);
    return pending.alert.revision;
  });
}

/** Lets the stream have its place back; the incident's next state is tried anew. */
function passOver(incidentId: string, { board, undeliverable }: Delivering, code: string): void {
  const pending = board.newest(incidentId);
  if (!pending) return;
  board.done(incidentId, pending);
  undeliverable.passedOver(incidentId, code);
}
