import { z } from 'zod';
import { Event } from '../event/event.ts';
import { BootMicros, Instant } from '../time.ts';

/**
 * One message on `coroner.events.<host>`: JSON in UTF-8. Its `Nats-Msg-Id` is `id`; the events in it
 * have ids of their own, so that a batch which was cut differently after a restart stores nothing twice.
 */
export const Batch = z.object({
  v: z.literal(1),
  /** Unique per content: the same batch sent again has the same id. */
  id: z.string(),
  host: z.string().min(1).max(253),
  bootId: z.string(),
  agent: z.string(),
  /** When the agent sent it, by the host's clock: with the receive time this measures the clock's error. */
  sentAt: Instant,
  /** Time since boot at the sending; absent when the events are of an earlier boot of the host. */
  uptimeUs: BootMicros.optional(),
  events: z.array(Event),
});
export type Batch = z.infer<typeof Batch>;

/** The envelope alone, so that one undecodable event does not condemn its neighbours. */
export const BatchEnvelope = Batch.extend({ events: z.array(z.unknown()) });
