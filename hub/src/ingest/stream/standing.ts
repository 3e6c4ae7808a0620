import type { alertStream, eventStream } from '@coroner/schema/wire/subjects';
import type { JetStreamManager, NatsError } from 'nats';

/** A stream with its consumer. */
export type Place = Pick<typeof alertStream | typeof eventStream, 'name' | 'consumer'>;

/** Where a stream and its consumer stand. */
export interface Standing {
  messages: number;
  /** The oldest message that is held, and the newest that ever was. */
  head: number;
  last: number;
  /** When that was stored. */
  lastAt: string;
  /** The newest message that was delivered. */
  delivered: number;
  undelivered: number;
  unacknowledged: number;
  /** Where delivery stops. */
  mostUnacknowledged: number;
  /** Readers that ask for messages now. */
  waiting: number;
  floor: number;
}

export async function standing(
  manager: JetStreamManager,
  { name, consumer }: Place,
): Promise<Standing> {
  const { state } = await manager.streams.info(name);
  const info = await manager.consumers.info(name, consumer);
  return {
    messages: state.messages,
    head: state.first_seq,
    last: state.last_seq,
    lastAt: String(state.last_ts),
    delivered: info.delivered.stream_seq,
    undelivered: info.num_pending,
    unacknowledged: info.num_ack_pending,
    mostUnacknowledged: info.config.max_ack_pending ?? Number.POSITIVE_INFINITY,
    waiting: info.num_waiting,
    floor: info.ack_floor.stream_seq,
  };
}

/** JetStream's error code. */
const noMessageFound = 10037;

/** When the message of that number was stored; null when it is not held. */
export async function storedAt(
  manager: JetStreamManager,
  { name }: Place,
  seq: number,
): Promise<Date | null> {
  try {
    return (await manager.streams.getMessage(name, { seq })).time;
  } catch (error) {
    if ((error as NatsError).api_error?.err_code === noMessageFound) return null;
    throw error;
  }
}
