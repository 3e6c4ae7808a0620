import { STATUS_CODES } from 'node:http';
import type { Problem } from '@coroner/schema/http/problem';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { isDataFailure, isUnavailable } from '../../store/failure.ts';
import { ProblemError, problemOf } from './problem.ts';

/** Every error leaves as problem+json, RFC 9457; what the hub did wrong is logged, not told. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const problem = problemFor(error);
    if (problem.status >= 500) request.log.error({ err: error }, 'a request failed');
    return send(reply, problem);
  });
  app.setNotFoundHandler((request, reply) =>
    send(reply, problemOf('not-found', `${request.method} ${request.url.split('?')[0]}`)),
  );
}

function problemFor(error: FastifyError): Problem {
  if (error instanceof ProblemError) return problemOf(error.code, error.message, error.more);
  if (hasZodFastifySchemaValidationErrors(error)) return validationProblem(error.validation);
  if (isDataFailure(error))
    return problemOf('bad-request', 'a parameter holds what the database cannot take');
  if (isUnavailable(error)) return problemOf('unavailable', 'try again in a few seconds');
  const status = error.statusCode ?? 500;
  if (status < 500)
    return {
      ...problemOf('bad-request', error.message),
      status,
      title: STATUS_CODES[status] ?? 'The request is wrong',
    };
  return problemOf('internal', 'the reason is in the log of the hub');
}

interface Issue {
  instancePath: string;
  message?: string | undefined;
  params: object;
}

/** Names the first parameter that is wrong; an unknown one is named by zod in `keys`. */
function validationProblem(issues: readonly Issue[]): Problem {
  const [issue] = issues;
  const params = (issue?.params ?? {}) as { keys?: string[]; issue?: { keys?: string[] } };
  const keys = params.keys ?? params.issue?.keys;
  const path = issue?.instancePath.split('/').filter(Boolean).join('.');
  const field = keys?.[0] ?? path;
  const detail = keys
    ? `there is no parameter ${keys.join(', ')}`
    : `${field || 'the request'}: ${issue?.message ?? 'is wrong'}`;
  return problemOf('bad-request', detail, field ? { field } : {});
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(problem);
}
