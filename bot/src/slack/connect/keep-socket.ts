import { setTimeout as sleep } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import type { Logger } from 'pino';

const firstBackoffMs = 500;
const longestBackoffMs = 30_000;
/** A connection that lasted this long was a good one: the next failure starts with a short wait again. */
const goodAfterMs = 10_000;
const helloTimeoutMs = 15_000;

/**
 * Keeps Socket Mode connected until `signal` aborts. Bolt's own reconnection waits 5 s after each
 * `refresh_requested` and ends the process by an unhandled rejection when Slack is down; this one
 * reconnects at once, then with growing waits, for ever. `onReady` is called once.
 */
export async function keepSocket(
  receiver: SocketModeReceiver,
  log: Logger,
  signal: AbortSignal,
  onReady: () => void,
): Promise<void> {
  let failures = 0;
  let ready = false;
  while (!signal.aborted) {
    const startedMs = performance.now();
    try {
      await connected(receiver);
      log.info('connected to Slack');
      if (!ready) onReady();
      ready = true;
      await closed(receiver, signal);
      failures = performance.now() - startedMs > goodAfterMs ? 0 : failures + 1;
      if (!signal.aborted) log.info('Slack closed the socket: connecting again');
    } catch (error) {
      failures += 1;
      // What may still be connecting must not become a second, forgotten socket.
      await receiver.stop();
      log.warn(
        { error: String(error ?? 'the socket was closed') },
        'no socket to Slack: trying again',
      );
    }
    if (failures > 1 && !signal.aborted) {
      const waitMs = Math.min(firstBackoffMs * 2 ** (failures - 2), longestBackoffMs);
      await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function connected(receiver: SocketModeReceiver): Promise<void> {
  const timeout = AbortSignal.timeout(helloTimeoutMs);
  const late = new Promise<never>((_, reject) => {
    timeout.addEventListener('abort', () => reject(new Error('Slack said no hello in time')));
  });
  await Promise.race([receiver.start(), late]);
}

function closed(receiver: SocketModeReceiver, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      receiver.client.off('disconnected', end);
      signal.removeEventListener('abort', end);
      resolve();
    };
    receiver.client.once('disconnected', end);
    signal.addEventListener('abort', end, { once: true });
  });
}
