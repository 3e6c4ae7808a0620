import { lookup } from 'node:dns';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { forbidden, type Network, refusedUrl } from './networks.ts';

const patienceMs = 10_000;
/** An answer says nothing that we need; more of it than this is not read. */
const mostAnswerBytes = 65_536;
const longestReason = 300;

/** How one attempt ended. */
export interface Outcome {
  /** Of the answer; null where none came. */
  status: number | null;
  /** Null where it was taken. */
  reason: string | null;
  /** When the receiver wants it again, ms from now. */
  retryAfterMs: number | null;
}

/** Posts one message. Never rejects; follows no redirect, and connects to the very address that it checked. */
export function send(
  url: string,
  headers: Record<string, string>,
  body: string,
  { networks, signal }: { networks: readonly Network[]; signal: AbortSignal },
): Promise<Outcome> {
  const refused = refusedUrl(url, networks);
  if (refused !== null) return Promise.resolve(failed(refused));
  const request = url.startsWith('https:') ? tlsRequest : plainRequest;
  const deadline = AbortSignal.timeout(patienceMs);
  return new Promise((resolve) => {
    const posting = request(url, {
      method: 'POST',
      agent: false,
      lookup: checkedLookup(networks),
      signal: AbortSignal.any([signal, deadline]),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Coroner',
      },
    });
    posting.on('error', (error) =>
      resolve(failed(deadline.aborted ? `no answer within ${patienceMs / 1000} s` : error.message)),
    );
    posting.on('response', (response) => {
      const status = response.statusCode ?? 0;
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostAnswerBytes) response.destroy();
      });
      response.on('error', () => {
        // Its status was all that counts.
      });
      resolve({
        status,
        reason: reasonOf(status),
        retryAfterMs: retryAfterMs(response.headers['retry-after'], Date.now()),
      });
    });
    posting.end(body);
  });
}

/** A look-up whose answers are connected to as they are: no second one can lead elsewhere. */
function checkedLookup(networks: readonly Network[]): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      const reasons = found.map(({ address }) => forbidden(address, networks));
      const allowed = found.filter((_, index) => reasons[index] === null);
      const [first] = allowed;
      if (!first) return done(new Error(reasons[0] ?? `${hostname} has no address`), '');
      if (options.all) return done(null, allowed);
      done(null, first.address, first.family);
    });
  };
}

function reasonOf(status: number): string | null {
  if (status >= 200 && status < 300) return null;
  const isRedirect = status >= 300 && status < 400;
  return `it answered ${status}${isRedirect ? ', and redirects are not followed' : ''}`;
}

/** RFC 9110, 10.2.3: seconds, or a date; null for anything else. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}

const failed = (reason: string): Outcome => ({
  ...{ status: null, retryAfterMs: null },
  reason: reason.slice(0, longestReason),
});
