import { Instant } from '@coroner/schema/time';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

/** Fastify with requests and replies typed by zod schemas. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

const latest = '2200';

/** An instant that Postgres can take; with an offset of less than a day, made UTC. */
export const instantParameter = Instant.refine(
  (text) => !Number.isNaN(Date.parse(text)) && text >= '1970' && text < latest,
  'between the years 1970 and 2200',
);
