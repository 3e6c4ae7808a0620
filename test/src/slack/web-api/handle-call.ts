import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure, Failures } from '../workspace/failures.ts';
import { chatMethods } from './chat.ts';
import { conversationMethods } from './conversations.ts';
import { type Answered, type CallContext, failed, type Method, text } from './method.ts';
import { otherMethods } from './other-methods.ts';
import { argumentsOf } from './parse-body.ts';
import { viewMethods } from './views.ts';

const methods: Record<string, Method> = {
  ...chatMethods,
  ...conversationMethods,
  ...otherMethods,
  ...viewMethods,
};

export interface WebApi {
  context: CallContext;
  botToken: string;
  appToken: string;
  scopes: ReadonlySet<string>;
  /** Every other method is unknown here; null: all are known. */
  only: ReadonlySet<string> | null;
  failures: Failures;
  /** Seconds to wait, 0 for none. */
  limit(method: string, channel: string | undefined): number;
  record(call: RecordedCall): void;
}

export interface RecordedCall {
  method: string;
  atMs: number;
  args: Record<string, unknown>;
  /** What was answered: `ok`, an error, or what else happened: `429`, `drop`. */
  outcome: string;
}

/** One call of `/api/METHOD`, with Slack's checks in Slack's order: token, scope, rate, arguments. */
export async function handleCall(
  api: WebApi,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const atMs = Date.now();
  const args = await argumentsOf(request);
  const finish = (outcome: string) => api.record({ method: name, atMs, args, outcome });
  const failure = api.failures.take(name);
  if (failure && failure.kind !== 'none') {
    finish(failure.kind);
    return fail(api, failure, name, args, response);
  }
  const refusal = authorised(api, name, request, args);
  if (refusal) {
    finish(refusal.error ?? 'refused');
    return send(response, 200, refusal);
  }
  const waitSeconds = api.limit(name, text(args['channel']) || undefined);
  if (waitSeconds > 0) {
    finish('429');
    return rateLimited(response, waitSeconds);
  }
  const answered = run(api, name, args);
  finish(answered.ok ? 'ok' : (answered.error ?? 'failed'));
  send(response, 200, answered, { 'x-oauth-scopes': [...api.scopes].join(',') });
}

function run(api: WebApi, name: string, args: Record<string, unknown>): Answered {
  return methods[name]?.run(args, api.context) ?? failed('unknown_method');
}

function authorised(
  api: WebApi,
  name: string,
  request: IncomingMessage,
  args: Record<string, unknown>,
): Answered | null {
  const method = api.only && !api.only.has(name) ? undefined : methods[name];
  if (!method) return failed('unknown_method');
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? text(args['token']);
  if (!token) return failed('not_authed');
  if (token !== api.botToken && token !== api.appToken) return failed('invalid_auth');
  const isApp = token === api.appToken;
  if (isApp !== (method.token === 'app')) return failed('not_allowed_token_type');
  if (!isApp && method.scope && !api.scopes.has(method.scope)) {
    return failed('missing_scope', { needed: method.scope, provided: [...api.scopes].join(',') });
  }
  return null;
}

async function fail(
  api: WebApi,
  failure: Failure,
  name: string,
  args: Record<string, unknown>,
  response: ServerResponse,
): Promise<void> {
  switch (failure.kind) {
    case 'status':
      response.writeHead(failure.status, { 'content-type': 'text/html' });
      response.end(failure.body ?? '<html>upstream error</html>');
      return;
    case 'error':
      return send(response, 200, failed(failure.error));
    case 'rate-limit':
      return rateLimited(response, failure.retryAfterSeconds);
    case 'drop':
      if (failure.accepted) run(api, name, args);
      response.destroy();
      return;
    case 'hang':
      if (failure.accepted) run(api, name, args);
      await sleep(failure.ms);
      response.destroy();
      return;
    case 'none':
      return;
  }
}

function rateLimited(response: ServerResponse, seconds: number) {
  response.writeHead(429, { 'retry-after': String(seconds), 'content-type': 'application/json' });
  response.end(JSON.stringify(failed('ratelimited')));
}

function send(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(value));
}
