import { ListQuery, type WhyQuery } from '@coroner/schema/http/queries';
import { Instant } from '@coroner/schema/time';
import { z } from 'zod';

const largestPid = 2 ** 31 - 1;
const latest = '2200';

/** An instant that Postgres can take. */
const InstantParameter = Instant.refine(
  (text) => text >= '1970' && text < latest,
  'must lie between the years 1970 and 2200',
).transform((text) => new Date(text).toISOString());

const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((value) => !value.includes('\0'), 'must not contain a NUL');
const Name = text(512);

const span = { since: InstantParameter.optional(), until: InstantParameter.optional() };
const page = { limit: ListQuery.shape.limit, cursor: text(1024).optional() };

/** Query parameters as the contract has them, made strict: an unknown one is an error. */
export const WhyParameters = z.strictObject({
  process: Name.optional(),
  host: Name.optional(),
  at: InstantParameter.optional(),
  pid: z.coerce.number().int().positive().max(largestPid).optional(),
}) satisfies z.ZodType<WhyQuery>;

export const DeathsParameters = z.strictObject({
  host: Name.optional(),
  process: Name.optional(),
  cause: ListQuery.shape.cause,
  user: Name.optional(),
  ...span,
  ...page,
});

export const EventsParameters = z.strictObject({
  host: Name.optional(),
  process: Name.optional(),
  kind: Name.optional(),
  ...span,
  ...page,
});

export const IncidentsParameters = z.strictObject({
  host: Name.optional(),
  cause: ListQuery.shape.cause,
  ...span,
  ...page,
});

export const HostsParameters = z.strictObject({ host: Name.optional(), ...page });

export const IdParameter = z.object({ id: text(128) });
