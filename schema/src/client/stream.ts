import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { IncidentRow } from '../http/incidents.ts';
import type { DeathRow } from '../http/pages.ts';
import type { StreamParameters } from '../http/parameters.ts';
import { StreamKind, streamed, streamSignals } from '../http/stream.ts';
import { connection } from './connection.ts';
import type { HubAddress } from './hub-address.ts';
import { HubError } from './hub-error.ts';

/** A death or an incident as it is now; `missed`: changes before this are no longer kept. */
export type StreamItem =
  | { event: 'death'; id: string; data: DeathRow }
  | { event: 'incident'; id: string; data: IncidentRow }
  | { event: 'missed' };

export interface StreamOptions {
  query?: z.input<typeof StreamParameters>;
  /** The id of an item: goes on behind it. Without it, with what comes from now on. */
  after?: string;
  /** Ends it, without an error. */
  signal: AbortSignal;
  /** At first, and whenever it goes on after a loss. */
  onConnected?: () => void;
  /** It is tried again, as often as it takes. */
  onLost?: (error: HubError) => void;
}

/** Before somebody was connected once, it fails after as many attempts as a call. */
const firstAttempts = 3;
const firstWaitMs = 500;
const longestWaitMs = 30_000;

/**
 * Deaths and incidents as the hub stores them. A lost connection is made anew, and goes on behind the
 * last item without a gap or a repetition. Throws a HubError where trying again is of no use.
 */
export async function* streamOf(
  hub: HubAddress,
  { query = {}, after, signal, onConnected, onLost }: StreamOptions,
): AsyncGenerator<StreamItem, void> {
  let last = after;
  let failures = 0;
  let wasConnected = false;
  while (!signal.aborted) {
    try {
      for await (const message of connection(hub, { query, after: last, signal })) {
        if (message === 'open') {
          failures = 0;
          wasConnected = true;
          onConnected?.();
          continue;
        }
        const { id, event = '', data } = message;
        if (event === streamSignals.refused) throw refused(hub);
        if (id !== undefined) last = id;
        if (event === streamSignals.missed) yield { event: 'missed' };
        const item = itemOf(event, id ?? '', data);
        if (item) yield item;
      }
      throw new HubError('unreachable', `The hub at ${hub.url} ended the connection.`);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      if (!mayPass(error) || (!wasConnected && failures >= firstAttempts)) throw error;
      if (wasConnected && failures === 1) onLost?.(error);
      await sleep(waitMs(failures), undefined, { signal }).catch(() => {
        // It ends above.
      });
    }
  }
}

/** What this version does not know is passed over. */
function itemOf(event: string, id: string, data: string): StreamItem | null {
  const { data: kind } = StreamKind.safeParse(event);
  if (!kind) return null;
  const read = streamed[kind].safeParse(JSON.parse(data));
  if (read.success) return { event: kind, id, data: read.data } as StreamItem;
  const [issue] = read.error.issues;
  throw new HubError(
    'malformed',
    `The hub's stream is not what this version understands: ${kind} ${issue?.path.join('.')} ${issue?.message}`,
  );
}

const mayPass = (error: unknown): error is HubError =>
  error instanceof HubError && (error.kind === 'unreachable' || error.kind === 'failed');

/** Spread, so that many readers do not come back to a hub together. */
const waitMs = (failures: number): number =>
  Math.min(longestWaitMs, firstWaitMs * 2 ** (failures - 1)) * (0.8 + 0.4 * Math.random());

const refused = ({ url }: HubAddress): HubError =>
  new HubError('refused', `The hub at ${url} takes this token no longer: set CORONER_API_TOKEN.`);
