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

/** Names every parameter that is wrong, and the first in `field`; an unknown one is named by zod in `keys`. */
function validationProblem(issues: readonly Issue[]): Problem {
  const all = issues.flatMap(errorsOf);
  const errors = all.filter(({ field }, i) => all.findIndex((one) => one.field === field) === i);
  const field = errors.find((each) => each.field !== '')?.field;
  const detail = errors.map((each) => (each.field ? `${each.field}: ` : '') + each.detail);
  return problemOf('bad-request', detail.join('; ') || 'the request is wrong', {
    ...(field === undefined ? {} : { field }),
    errors,
  });
}

function errorsOf({ instancePath, message, params }: Issue): { field: string; detail: string }[] {
  const { keys, issue } = params as { keys?: string[]; issue?: { keys?: string[] } };
  const unknown = keys ?? issue?.keys;
  if (unknown) return unknown.map((field) => ({ field, detail: 'there is no such parameter' }));
  const field = instancePath.split('/').filter(Boolean).join('.');
  return [{ field, detail: message ?? 'is wrong' }];
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .type('application/problem+json')
    .serializer((value: unknown) => JSON.stringify(value))
    .send(problem);
}
