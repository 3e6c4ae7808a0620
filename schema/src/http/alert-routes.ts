import { z } from 'zod';
import { Cause } from '../cause.ts';
import { Confidence } from '../confidence.ts';
import { isTimeZone } from '../schedule/zoned-time.ts';
import { Severity } from '../severity.ts';
import { Instant } from '../time.ts';

const longestPattern = 256;
const mostPatterns = 50;
const mostMentions = 10;
const mostDeaths = 1_000;
const longestSpanSeconds = 86_400;
export const usualOrder = 100;

const withoutNul = (text: string): boolean => !text.includes('\0');

/** `*` is any characters, `?` one. */
const Pattern = z
  .string()
  .trim()
  .min(1)
  .max(longestPattern)
  .refine(withoutNul, 'must not contain a NUL');
const Patterns = z.array(Pattern).min(1).max(mostPatterns);

/** A route takes an incident with a death that fits all that is given; of a list one is enough. */
export const RouteMatch = z.strictObject({
  hosts: Patterns.optional(),
  units: Patterns.optional(),
  /** `NAME=VALUE` of a label that the host has, such as `role=web*`. */
  labels: z
    .array(Pattern.regex(/^[^=]+=./, 'must be NAME=VALUE'))
    .min(1)
    .max(mostPatterns)
    .optional(),
  causes: z.array(Cause).min(1).optional(),
  /** Whose process died, or who did it. */
  users: Patterns.optional(),
  /** Of the incident, not of one death: see `severityOf`. */
  minSeverity: Severity.optional(),
});
export type RouteMatch = z.infer<typeof RouteMatch>;

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');

/** Only `critical` posts within them; the rest comes when they end. By the wall clock of the zone. */
export const QuietHours = z.strictObject({
  /** An IANA name. */
  timeZone: z
    .string()
    .max(longestPattern)
    .refine(isTimeZone, 'is no time zone, such as Europe/Berlin or UTC'),
  from: TimeOfDay,
  /** On the next day where it is not after `from`. */
  to: TimeOfDay,
  /** On which they begin; every day without it. */
  days: z.array(z.enum(days)).min(1).max(days.length).optional(),
});
export type QuietHours = z.infer<typeof QuietHours>;

/** An incident is posted once so many died within so many seconds; before, it stays in history. */
export const Threshold = z.strictObject({
  deaths: z.number().int().min(2).max(mostDeaths),
  seconds: z.number().int().min(1).max(longestSpanSeconds),
});
export type Threshold = z.infer<typeof Threshold>;

const routeFields = {
  name: z.string().trim().min(1).max(80).refine(withoutNul, 'must not contain a NUL'),
  match: RouteMatch.default({}),
  /** Id of a Slack channel, or of a user for direct messages. */
  channel: z
    .string()
    .regex(/^[CGDUW][A-Z0-9]{1,30}$/, 'is no id of a Slack channel (C…, G…) or user (U…)'),
  /** Ids of Slack users and user groups, named once in each new card. */
  mentions: z
    .array(z.string().regex(/^[UWS][A-Z0-9]{1,30}$/, 'is no id of a Slack user (U…) or group (S…)'))
    .max(mostMentions)
    .default([]),
  quietHours: QuietHours.optional(),
  threshold: Threshold.optional(),
  /** Lower ones are tried first. */
  order: z.number().int().min(0).max(10_000).default(usualOrder),
  /** Later routes are tried as well; without it the first that fits takes the incident alone. */
  continue: z.boolean().default(false),
  /** Slack user who subscribed: such a route takes the incident away from no other. */
  owner: z
    .string()
    .regex(/^[UW][A-Z0-9]{1,30}$/, 'is no id of a Slack user')
    .optional(),
};

/** `PUT /v1/alert-routes/{id}`: all of it anew. */
export const AlertRouteBody = z.strictObject(routeFields);
export type AlertRouteBody = z.infer<typeof AlertRouteBody>;

/** `POST /v1/alert-routes`. `id`: of the caller's choice, so that a request may be repeated. */
export const NewAlertRoute = z.strictObject({ ...routeFields, id: z.uuid().optional() });
export type NewAlertRoute = z.infer<typeof NewAlertRoute>;

/** Where alerts go. What no route without an owner takes goes to the bot's own alert channel. */
export const AlertRoute = z.object({
  id: z.string(),
  ...routeFields,
  createdAt: Instant,
  updatedAt: Instant,
});
export type AlertRoute = z.infer<typeof AlertRoute>;

/** In the order in which they are tried. */
export const AlertRoutes = z.object({ items: z.array(AlertRoute) });

/** `POST /v1/alert-routes/test`: an incident, or a death that somebody imagines. */
export const RouteQuestion = z
  .strictObject({
    incidentId: z.string().min(1).max(128).refine(withoutNul, 'must not contain a NUL').optional(),
    host: z.string().max(longestPattern).optional(),
    unit: z.string().max(longestPattern).optional(),
    labels: z.record(z.string(), z.string()).optional(),
    user: z.string().max(longestPattern).optional(),
    cause: Cause.default('signal-from-process'),
    confidence: Confidence.default('proven'),
    deaths: z.number().int().min(1).max(1_000_000).default(1),
    /** When; now without it. */
    at: Instant.optional(),
  })
  .refine(({ incidentId, host }) => incidentId !== undefined || host !== undefined, {
    error: 'name an incident or a host',
    path: ['host'],
  });
export type RouteQuestion = z.infer<typeof RouteQuestion>;

/** What becomes of an incident at one destination. */
export const Planned = z.object({
  /** Null: the bot's own alert channel. */
  channel: z.string().nullable(),
  mentions: z.array(z.string()),
  routeId: z.string().nullable(),
  post: z.enum(['now', 'later', 'below-threshold']),
  /** When quiet hours end, for `later`. */
  at: Instant.nullable(),
});
export type Planned = z.infer<typeof Planned>;

export const RouteAnswer = z.object({
  severity: Severity,
  /** Every route in its order: whether it takes the incident, and why (not). */
  routes: z.array(
    z.object({ id: z.string(), name: z.string(), takes: z.boolean(), because: z.string() }),
  ),
  destinations: z.array(Planned),
});
export type RouteAnswer = z.infer<typeof RouteAnswer>;
