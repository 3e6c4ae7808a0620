import { setTimeout as sleep } from 'node:timers/promises';
import { accepted } from './accepted.ts';
import type { HubAddress } from './hub-address.ts';
import { HubError } from './hub-error.ts';
import type { UnchangedAnswers } from './unchanged.ts';

const attemptTimeoutMs = 10_000;
/** A picture is drawn for whoever asks. */
const pictureTimeoutMs = 15_000;
/** Waits before the second and the third attempt. */
const retryDelaysMs = [150, 600];
const retriedStatuses = new Set([429, 502, 503, 504]);
const notModified = 304;

export interface HubRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without a leading slash. */
  path: string;
  query?: object;
  body?: unknown;
}

interface Received {
  status: number;
  etag: string | null;
  bytes: Uint8Array;
}

/** The JSON of the answer. Rejects with a HubError alone. */
export async function request(
  hub: HubAddress,
  wanted: HubRequest,
  unchanged: UnchangedAnswers,
): Promise<unknown> {
  const url = address(hub.url, wanted);
  const known = wanted.method === 'GET' ? unchanged.known(url.href) : undefined;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (known) headers['if-none-match'] = known.etag;
  const { status, etag, bytes } = await persistently(hub, url, wanted, headers, attemptTimeoutMs);
  if (known && status === notModified) return JSON.parse(known.text);
  const text = new TextDecoder().decode(bytes);
  const body = decoded(text, status, url);
  accepted(hub, status, body);
  if (wanted.method === 'GET') unchanged.keep(url.href, etag, text);
  return body;
}

/** The bytes of an answer that is no JSON. Rejects with a HubError alone. */
export async function requestBytes(hub: HubAddress, wanted: HubRequest): Promise<Uint8Array> {
  const url = address(hub.url, wanted);
  const { status, bytes } = await persistently(hub, url, wanted, {}, pictureTimeoutMs);
  if (status !== 200) accepted(hub, status, decoded(new TextDecoder().decode(bytes), status, url));
  return bytes;
}

/** Repeats it when the network or the hub stumbles: every request of this API may be repeated. */
async function persistently(
  hub: HubAddress,
  url: URL,
  wanted: HubRequest,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<Received> {
  for (let attempt = 0; ; attempt++) {
    const delayMs = retryDelaysMs[attempt];
    try {
      const received = await attemptOnce(hub, url, wanted, headers, timeoutMs);
      if (delayMs === undefined || !retriedStatuses.has(received.status)) return received;
    } catch (error) {
      if (delayMs === undefined) throw error;
    }
    await sleep(delayMs);
  }
}

async function attemptOnce(
  { token }: HubAddress,
  url: URL,
  { method, body }: HubRequest,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<Received> {
  try {
    const response = await fetch(url, {
      method,
      headers: {
        ...headers,
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(timeoutMs),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, etag: response.headers.get('etag'), bytes };
  } catch (error) {
    throw unreachable(url, error, timeoutMs);
  }
}

/** Why there is no connection, or none that lasted. */
export const unreachable = (url: URL, error: unknown, timeoutMs = 0): HubError =>
  new HubError(
    'unreachable',
    `The hub at ${url.origin} cannot be reached (${reason(error, timeoutMs)}). Start it with "npm start" or set CORONER_API_URL.`,
    { cause: error },
  );

export function address(
  base: string,
  { path, query = {} }: Pick<HubRequest, 'path' | 'query'>,
): URL {
  let url: URL;
  try {
    url = new URL(path, base.endsWith('/') ? base : `${base}/`);
  } catch (error) {
    throw new HubError('unreachable', `CORONER_API_URL is no URL: ${base}`, { cause: error });
  }
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

export function decoded(text: string, status: number, url: URL): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch (error) {
    if (retriedStatuses.has(status)) return null;
    throw new HubError(
      'malformed',
      `${url.origin} answered with status ${status} and something that is not JSON: is it a Coroner hub?`,
      { cause: error },
    );
  }
}

function reason(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
