import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert } from '@coroner/schema/wire/alert';
import type { Logger } from 'pino';
import type { ChannelQueue } from '../slack/post/channel-queue.ts';
import type { Cards } from './card.ts';
import { CardBusyError } from './card.ts';
import { type IncidentBoard, noCarrier } from './incident-board.ts';

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
  log: Logger;
}

/**
 * Brings what waits on the board for one incident to Slack, until nothing waits. What the queue does
 * not repeat by itself (the hub is away, another bot posts, the bot was not invited) is tried again
 * here, for ever, without holding up the other incidents of the channel.
 */
export async function deliver(
  incidentId: string,
  { board, cards, queue, channel, newest, log }: Delivering,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    if (!board.newest(incidentId)) return;
    try {
      const kind = cards.kind(incidentId);
      const shown = await queue.run(channel, kind, 'alert', async ({ ambiguous }) => {
        // What is newest is decided when the turn has come, not when the state arrived.
        const pending = board.newest(incidentId);
        if (!pending) return null;
        const suspect = ambiguous || pending.carriers.some((each) => each.redelivered);
        await cards.show(pending.alert, suspect);
        board.done(incidentId, pending);
        return pending.alert.revision;
      });
      // Two bots that edit one card at the same moment may overtake each other: whoever was last
      // sees here that the stream holds something newer than what it has just shown.
      const latest = shown === null ? null : await newest(incidentId);
      if (latest && latest.revision > (shown ?? 0)) board.put(latest, noCarrier);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const busy = error instanceof CardBusyError;
      if (!busy) failures += 1;
      const backoffMs = Math.min(firstBackoffMs * 2 ** failures, longestBackoffMs);
      const waitMs = busy ? busyWaitMs : backoffMs;
      const what = { incidentId, channel, waitMs, error: String(error) };
      if (!busy) log.error(what, 'an alert is not posted: trying again');
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
