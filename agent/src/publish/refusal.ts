import type { NatsError } from 'nats';

/** What to do about a message that was not taken. */
export interface Refusal {
  readonly what: 'retry' | 'split';
  /** What a person can do about it; null for what passes by itself. */
  readonly advice: string | null;
}

/** Error codes of JetStream's API (nats-server server/errors.json). */
const messageTooLarge = 10054;
const streamFull = new Set([10077, 10023, 10122]);

/** What an error of a JetStream publish means. */
export function refusalOf(error: Error): Refusal {
  const { code, api_error: api } = error as NatsError;
  if (code === 'MAX_PAYLOAD_EXCEEDED' || api?.err_code === messageTooLarge)
    return { what: 'split', advice: 'raise max_payload in nats-server.conf' };
  if (code === 'PERMISSIONS_VIOLATION')
    return {
      what: 'retry',
      advice:
        'allow this account to publish on the subjects of this host (CORONER_HOST) in nats-server.conf',
    };
  if (code === '503')
    return { what: 'retry', advice: 'start the hub: it creates the stream CORONER_EVENTS' };
  if (api && streamFull.has(api.err_code ?? 0))
    return { what: 'retry', advice: 'the stream CORONER_EVENTS is full: is a hub consuming it?' };
  return { what: 'retry', advice: null };
}
