import { setTimeout as sleep } from 'node:timers/promises';
import { eventStream } from '@coroner/schema/wire/subjects';
import type { NatsConnection } from 'nats';

const lookEveryMs = 1_000;

/**
 * Tells each second, until `signal` aborts, how many messages of agents no hub has taken yet;
 * null while NATS does not answer.
 */
export async function watchBacklog(
  connection: NatsConnection,
  onCount: (messages: number | null) => void,
  signal: AbortSignal,
): Promise<void> {
  const { name, consumer } = eventStream;
  while (!signal.aborted) {
    const info = await connection
      .jetstreamManager()
      .then((manager) => manager.consumers.info(name, consumer))
      .catch(() => null);
    onCount(info?.num_pending ?? null);
    await sleep(lookEveryMs, undefined, { signal }).catch(() => undefined); // Aborted: seen above.
  }
}
