import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '@coroner/schema/http/problem';
import { HubError, type HubErrorKind } from './hub-error.ts';
import type { HubAddress } from './locate-hub.ts';

const attemptTimeoutMs = 10_000;
/** Waits before the second and the third attempt. */
const retryDelaysMs = [150, 600];
const retriedStatuses = new Set([429, 502, 503, 504]);

export interface HubRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

export interface HubResponse {
  status: number;
  body: unknown;
}

/**
 * One request, repeated when the network or the hub stumbles: every request of this API may be
 * repeated. Answers with status 200–299 and 404 are returned, all others are thrown as HubError.
 */
export async function request(hub: HubAddress, wanted: HubRequest): Promise<HubResponse> {
  for (let attempt = 0; ; attempt++) {
    const delayMs = retryDelaysMs[attempt];
    try {
      const response = await attemptOnce(hub, wanted);
      if (delayMs === undefined || !retriedStatuses.has(response.status)) {
        return accepted(hub, response);
      }
    } catch (error) {
      if (!(error instanceof HubError) || error.kind !== 'unreachable') throw error;
      if (delayMs === undefined) throw error;
    }
    await sleep(delayMs);
  }
}

async function attemptOnce(hub: HubAddress, wanted: HubRequest): Promise<HubResponse> {
  const url = address(hub.url, wanted);
  const headers: Record<string, string> = { accept: 'application/json' };
  if (hub.token) headers['authorization'] = `Bearer ${hub.token}`;
  if (wanted.body !== undefined) headers['content-type'] = 'application/json';
  let status: number;
  let text: string;
  try {
    const response = await fetch(url, {
      method: wanted.method,
      headers,
      signal: AbortSignal.timeout(attemptTimeoutMs),
      ...(wanted.body === undefined ? {} : { body: JSON.stringify(wanted.body) }),
    });
    status = response.status;
    text = await response.text();
  } catch (error) {
    throw new HubError(
      'unreachable',
      `The hub at ${url.origin} cannot be reached (${reason(error)}). Start it with "npm start" or set CORONER_API_URL.`,
      { cause: error },
    );
  }
  return { status, body: decode(text, status, url) };
}

function address(base: string, wanted: HubRequest): URL {
  let url: URL;
  try {
    url = new URL(wanted.path, base.endsWith('/') ? base : `${base}/`);
  } catch (error) {
    throw new HubError('unreachable', `CORONER_API_URL is no URL: ${base}`, { cause: error });
  }
  for (const [name, value] of Object.entries(wanted.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url;
}

function decode(text: string, status: number, url: URL): unknown {
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

function accepted(hub: HubAddress, response: HubResponse): HubResponse {
  const { status, body } = response;
  if ((status >= 200 && status < 300) || status === 404) return response;
  const problem = Problem.safeParse(body);
  const detail = problem.success ? problem.data.detail : `status ${status}`;
  throw new HubError(kindOf(status), worded(hub, status, detail));
}

function kindOf(status: number): HubErrorKind {
  if (status === 401 || status === 403) return 'refused';
  if (status === 409) return 'conflict';
  return status >= 400 && status < 500 && status !== 429 ? 'bad-request' : 'failed';
}

function worded(hub: HubAddress, status: number, detail: string): string {
  const kind = kindOf(status);
  if (kind === 'refused') {
    const which = hub.token ? 'the token of this bot' : 'a request without a token';
    return `The hub at ${hub.url} refused ${which}: set CORONER_API_TOKEN. (${detail})`;
  }
  if (kind === 'failed') return `The hub is in trouble: ${detail}`;
  return detail;
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no answer within ${attemptTimeoutMs / 1000} s`;
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}
