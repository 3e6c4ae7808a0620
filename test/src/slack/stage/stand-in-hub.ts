import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from '@coroner/schema/http/answer';
import { ClaimDone, ClaimRequest } from '@coroner/schema/http/claims';
import type { DeathDetail } from '@coroner/schema/http/death-detail';
import { WhyQuery } from '@coroner/schema/http/queries';
import { claimBook } from './claim-book.ts';

export interface StandInHub {
  url: string;
  token: string;
  /** What it knows; newest first. */
  answers: Answer[];
  /** Paths with their queries, as they came. */
  requests: string[];
  /** Keys that were claimed, in order. */
  claimed: string[];
  /** From now on every request is answered with this status; null ends it. */
  failWith(status: number | null): void;
  /** From now on every question takes so long, ms; claims do not. */
  slowBy(ms: number): void;
  /** Every lease has run out. */
  expireLeases(): void;
  close(): Promise<void>;
}

/**
 * A small hub that speaks the part of the HTTP contract that the bot uses, over a list of Answers.
 * It stands in for the real one where a test is about Slack and the exact answer must be known.
 */
export async function startStandInHub(answers: Answer[], port = 0): Promise<StandInHub> {
  const token = 'hub-token-for-tests';
  const claims = claimBook();
  const requests: string[] = [];
  let failure: number | null = null;
  let slowMs = 0;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub');
    requests.push(`${request.method} ${url.pathname}${url.search}`);
    if (failure !== null) return problem(response, failure, 'internal', 'the hub was told to fail');
    if (request.headers.authorization !== `Bearer ${token}`) {
      return problem(response, 401, 'unauthorized', 'the token is wrong');
    }
    const asked =
      !url.pathname.startsWith('/v1/claims') && slowMs > 0 ? sleep(slowMs) : Promise.resolve();
    asked
      .then(() => route(request, response, url, answers, claims))
      .catch((error: unknown) => {
        problem(response, 400, 'bad-request', String(error));
      });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    answers,
    requests,
    claimed: claims.keys,
    failWith(status) {
      failure = status;
    },
    slowBy(ms) {
      slowMs = ms;
    },
    expireLeases: claims.expireLeases,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  answers: Answer[],
  claims: ReturnType<typeof claimBook>,
) {
  if (url.pathname === '/v1/why') return why(response, url, answers);
  if (url.pathname === '/v1/deaths') {
    const host = url.searchParams.get('host');
    const items = answers
      .filter(({ death }) => host === null || death.host === host)
      .filter(({ death }) => within(death.diedAt, url.searchParams))
      .map(({ death, verdict, related }) => ({
        ...death,
        cause: verdict.cause,
        confidence: verdict.confidence,
        summary: verdict.summary,
        incidentId: related.incidentId,
      }));
    return send(response, 200, { items, next: null });
  }
  if (url.pathname === '/v1/hosts') return send(response, 200, { items: [], next: null });
  if (url.pathname.startsWith('/v1/deaths/')) {
    const id = decodeURIComponent(url.pathname.slice('/v1/deaths/'.length));
    const answer = answers.find(({ death }) => death.id === id);
    if (!answer) return problem(response, 404, 'not-found', `There is no death ${id}.`);
    const detail: DeathDetail = { ...answer, revision: answer.revision ?? 1, history: [] };
    return send(response, 200, detail);
  }
  if (url.pathname === '/v1/claims/open') {
    return send(response, 200, { items: claims.open(url.searchParams.get('prefix') ?? '') });
  }
  if (url.pathname === '/v1/claims' && request.method === 'POST') {
    return send(response, 200, claims.claim(ClaimRequest.parse(await body(request))));
  }
  if (url.pathname === '/v1/claims' && request.method === 'PUT') {
    if (claims.done(ClaimDone.parse(await body(request)))) return send(response, 204, undefined);
    return problem(response, 409, 'conflict', 'Somebody else holds this claim.');
  }
  return problem(response, 404, 'not-found', `There is no ${url.pathname}.`);
}

function why(response: ServerResponse, url: URL, answers: Answer[]) {
  const query = WhyQuery.parse(Object.fromEntries(url.searchParams));
  const matching = answers.filter(
    ({ death }) =>
      (query.process === undefined || death.comm === query.process) &&
      (query.pid === undefined || death.pid === query.pid) &&
      (query.host === undefined || death.host === query.host),
  );
  const at = query.at;
  if (at !== undefined) {
    const distance = (answer: Answer) => Math.abs(Date.parse(answer.death.diedAt) - Date.parse(at));
    matching.sort((a, b) => distance(a) - distance(b));
  }
  const [first, ...rest] = matching;
  if (first) return send(response, 200, { ...first, others: rest.map(candidate) });
  const what = query.process ?? `pid ${query.pid}`;
  const where = query.host ? ` on ${query.host}` : '';
  problem(response, 404, 'no-such-death', `No death of ${what}${where} is recorded.`, {
    candidates: answers.slice(0, 5).map(candidate),
  });
}

function within(diedAt: string, filters: URLSearchParams): boolean {
  const at = Date.parse(diedAt);
  const limit = (name: string, none: number) =>
    filters.has(name) ? Date.parse(filters.get(name) ?? '') : none;
  return at >= limit('since', 0) && at <= limit('until', Number.MAX_VALUE);
}

function candidate({ death: { id, host, comm, diedAt, pid }, verdict: { summary } }: Answer) {
  return { id, host, comm, diedAt, pid, summary };
}

async function body(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}

function send(response: ServerResponse, status: number, value: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(value === undefined ? undefined : JSON.stringify(value));
}

function problem(
  response: ServerResponse,
  status: number,
  code: string,
  detail: string,
  more: object = {},
) {
  response.writeHead(status, { 'content-type': 'application/problem+json' });
  const type = `urn:coroner:problem:${code}`;
  response.end(JSON.stringify({ type, title: code, status, detail, ...more }));
}
