import { z } from 'zod';
import { Instant } from '../time.ts';
import { IncidentStatus } from './actions.ts';
import { ClaimRequest } from './claims.ts';
import { ComparedBy, ComparedWith } from './compare.ts';
import { ListQuery, type WhyQuery } from './queries.ts';
import { Bucket } from './stats.ts';
import { StreamKind } from './stream.ts';
import { DeliveryState } from './webhooks.ts';

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
export const Name = text(512);

const span = { since: InstantParameter.optional(), until: InstantParameter.optional() };

/** Query parameters as the contract has them, made strict: an unknown one is an error; filters of lists. */
export const WhyParameters = z.strictObject({
  process: Name.optional(),
  host: Name.optional(),
  at: InstantParameter.optional(),
  pid: z.coerce.number<number>().int().positive().max(largestPid).optional(),
}) satisfies z.ZodType<WhyQuery>;

export const deathsFilter = {
  host: Name.optional(),
  process: Name.optional(),
  cause: ListQuery.shape.cause,
  user: Name.optional(),
  incident: text(128).optional(),
  ...span,
};

export const beforeFilter = {
  host: Name.optional(),
  alike: z.stringbool().default(false).describe('true: of the same cause alone'),
};

export const eventsFilter = {
  host: Name.optional(),
  process: Name.optional(),
  kind: Name.optional(),
  cause: ListQuery.shape.cause,
  user: Name.optional(),
  ...span,
};

export const incidentsFilter = {
  host: Name.optional(),
  process: Name.optional(),
  cause: ListQuery.shape.cause,
  user: Name.optional(),
  state: IncidentStatus.optional().describe('where it stands; open: nobody did anything about it'),
  ...span,
};

export const StreamParameters = z.strictObject({
  only: StreamKind.optional().describe('one kind alone'),
  host: Name.optional(),
  process: Name.optional(),
  cause: ListQuery.shape.cause,
  user: Name.optional(),
  state: IncidentStatus.optional().describe('of incidents: where they stand now'),
});

export const hostsFilter = {
  host: Name.optional(),
  label: Name.optional().describe('NAME or NAME=VALUE of a label that the host has'),
};

export const HostParameter = z.object({ host: Name });

export const HostMomentParameters = z.strictObject({
  time: InstantParameter.optional().describe('now where it is not given'),
});

export const timelineFilter = {
  process: Name.optional(),
  kind: Name.optional(),
  cause: ListQuery.shape.cause,
  user: Name.optional(),
  order: z.enum(['asc', 'desc']).default('asc').describe('asc: oldest first'),
  ...span,
};

export const loginsFilter = {
  host: Name.optional(),
  user: Name.optional(),
  from: Name.optional(),
  at: InstantParameter.optional().describe('only sessions that were open then'),
  ...span,
};

export const cronJobsFilter = {
  host: Name.optional(),
  user: Name.optional(),
  process: Name.optional().describe('text that the command holds'),
  since: InstantParameter.optional().describe('only jobs that run next at this time or later'),
  until: InstantParameter.optional().describe('only jobs that run next until this time'),
};

export const cronNextFilter = {
  host: Name.optional(),
  user: Name.optional().describe('as whom it runs'),
  process: Name.optional().describe('text that the command holds'),
  since: InstantParameter.optional().describe('now where it is not given'),
  until: InstantParameter.optional().describe('a day after `since` where it is not given'),
};

export const cronRunsFilter = {
  host: Name.optional(),
  user: Name.optional().describe('as whom it ran'),
  process: Name.optional().describe('text that the command holds'),
  ...span,
};

const mostRanked = 100;
export const StatsParameters = z.strictObject({
  host: Name.optional(),
  process: Name.optional(),
  cause: ListQuery.shape.cause,
  user: Name.optional(),
  since: InstantParameter.optional().describe('a day before `until` where it is not given'),
  until: InstantParameter.optional().describe('now where it is not given'),
  bucket: Bucket.optional().describe('chosen by the length of the span where it is not given'),
  top: z.coerce.number<number>().int().min(1).max(mostRanked).default(10),
});

export const compareFilter = {
  host: Name.optional(),
  process: Name.optional(),
  cause: ListQuery.shape.cause.describe('exit-ok is counted where it is asked for alone'),
  user: Name.optional(),
  since: InstantParameter.optional().describe('a day before `until` where it is not given'),
  until: InstantParameter.optional().describe('now where it is not given'),
  with: ComparedWith.optional().describe(
    'the earlier period: right before and as long, or the same a day or a week earlier',
  ),
  since2: InstantParameter.optional().describe('with `until2`: the earlier period itself'),
  until2: InstantParameter.optional(),
  by: ComparedBy.optional().describe('one kind of names alone'),
};

export const DigestParameters = z.strictObject({
  from: InstantParameter.optional().describe('a day before `to` where it is not given'),
  to: InstantParameter.optional().describe('now where it is not given'),
});

export const deliveriesFilter = { state: DeliveryState.optional() };

export const IdParameter = z.object({ id: text(128) });

const mostEach = 100;
export const SearchParameters = z.strictObject({
  q: Name,
  limit: z.coerce.number<number>().int().min(1).max(mostEach).default(20).describe('of each kind'),
});

export const AlertRoutesParameters = z.strictObject({ owner: Name.optional() });

export const ExpectedParameters = z.strictObject({ all: z.stringbool().default(false) });

export const ClaimParameters = z.strictObject({ key: ClaimRequest.shape.key });
