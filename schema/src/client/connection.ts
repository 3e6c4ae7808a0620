import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { accepted } from './accepted.ts';
import type { HubAddress } from './hub-address.ts';
import { HubError } from './hub-error.ts';
import { address, decoded, unreachable } from './request.ts';

/** The hub says something every 15 s. */
const longestSilenceMs = 45_000;
const nothingHeard = new Error(`nothing heard for ${longestSilenceMs / 1000} s`);

export interface Connecting {
  query: object;
  /** Goes on behind this event. */
  after: string | undefined;
  signal: AbortSignal;
}

/**
 * One connection to `GET /v1/stream`: `open`, and then its events, until it ends. Rejects with a
 * HubError, also when nothing was heard for longer than a living hub is silent.
 */
export async function* connection(
  hub: HubAddress,
  { query, after, signal }: Connecting,
): AsyncGenerator<'open' | EventSourceMessage, void> {
  const url = address(hub.url, { path: 'v1/stream', query });
  const silent = new AbortController();
  const watch = setTimeout(() => silent.abort(nothingHeard), longestSilenceMs);
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'text/event-stream',
        ...(hub.token && { authorization: `Bearer ${hub.token}` }),
        ...(after !== undefined && { 'last-event-id': after }),
      },
      signal: AbortSignal.any([signal, silent.signal]),
    });
    const { status, headers, body } = response;
    if (status !== 200) accepted(hub, status, decoded(await response.text(), status, url));
    if (!body || !headers.get('content-type')?.startsWith('text/event-stream'))
      throw new HubError('malformed', `${url.origin} has no stream: is it a Coroner hub?`);
    yield 'open';
    const heard: EventSourceMessage[] = [];
    const parser = createParser({ onEvent: (message) => void heard.push(message) });
    const decoder = new TextDecoder();
    for await (const chunk of body) {
      watch.refresh();
      parser.feed(decoder.decode(chunk, { stream: true }));
      yield* heard.splice(0);
    }
  } catch (error) {
    throw error instanceof HubError ? error : unreachable(url, error);
  } finally {
    clearTimeout(watch);
    silent.abort();
  }
}
