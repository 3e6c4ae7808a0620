import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { ChannelQueue } from '../slack/post/channel-queue.ts';
import type { Cards } from './card.ts';
import { CardBusyError } from './card.ts';
import type { IncidentBoard } from './incident-board.ts';

const busyWaitMs = 500;
const firstBackoffMs = 500;
const longestBackoffMs = 30_000;

/**
 * Brings what waits on the board for one incident to Slack, until nothing waits. What the queue does
 * not repeat by itself (the hub is away, another bot posts, the bot was not invited) is tried again
 * here, for ever, without holding up the other incidents of the channel.
 */
export async function deliver(
  incidentId: string,
  board: IncidentBoard,
  cards: Cards,
  queue: ChannelQueue,
  channel: string,
  log: Logger,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    if (!board.newest(incidentId)) return;
    try {
      await queue.run(channel, cards.kind(incidentId), false, async ({ ambiguous }) => {
        // What is newest is decided when the turn has come, not when the state arrived.
        const pending = board.newest(incidentId);
        if (!pending) return;
        const suspect = ambiguous || pending.carriers.some((each) => each.redelivered);
        await cards.show(pending.alert, suspect);
        board.done(incidentId, pending);
      });
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      const busy = error instanceof CardBusyError;
      if (!busy) failures += 1;
      const backoffMs = Math.min(firstBackoffMs * 2 ** failures, longestBackoffMs);
      const waitMs = busy ? busyWaitMs : backoffMs;
      if (!busy)
        log.error(
          { incidentId, channel, waitMs, error: String(error) },
          'an alert is not posted: trying again',
        );
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
