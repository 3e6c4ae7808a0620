import { z } from 'zod';
import { Cause } from '../cause.ts';
import { nextRunOf } from '../schedule/next-run-of.ts';
import { isTimeZone } from '../schedule/zoned-time.ts';
import { Instant } from '../time.ts';

const longestPattern = 256;
const longestWindowMinutes = 1440;
const longestDays = 366;
const dayMs = 86_400_000;

/** `*` is any characters, `?` one. A pattern that fits everything selects nothing and is refused. */
const Pattern = z
  .string()
  .trim()
  .min(1)
  .max(longestPattern)
  .regex(/[^*?\s]/, 'must hold more than * and ?: this fits everything');
const Text = z.string().trim().min(1).max(500);

/** When within its life a rule holds: from each run of a crontab schedule on, for some minutes. */
const RecurringWindow = z
  .strictObject({
    /** Five fields of crontab(5), or `@daily`. */
    schedule: Text,
    minutes: z.number().int().min(1).max(longestWindowMinutes),
    /** An IANA name. */
    timeZone: Text,
  })
  .refine(({ timeZone }) => isTimeZone(timeZone), {
    error: 'is no time zone, such as Europe/Berlin or UTC',
    path: ['timeZone'],
  })
  .refine(
    ({ schedule, timeZone }) =>
      !isTimeZone(timeZone) || nextRunOf(schedule, timeZone, new Date()) !== null,
    { error: 'is no schedule that ever runs, such as "0 2 * * *"', path: ['schedule'] },
  );
export type RecurringWindow = z.infer<typeof RecurringWindow>;

/** What selects deaths; all that are given must fit. */
const selectors = {
  host: Pattern.optional(),
  /** `NAME=VALUE` of a label that the host has, such as `role=web*`. */
  hostLabel: Pattern.regex(/^[^=]+=./, 'must be NAME=VALUE').optional(),
  unit: Pattern.optional(),
  /** Name of the process, or base name of its executable. */
  process: Pattern.optional(),
  /** Its command line, arguments joined by spaces. */
  command: Pattern.optional(),
  /** Whose process it was. */
  user: Pattern.optional(),
  /** Who did it: the login, else the user of the process that did it. */
  by: Pattern.optional(),
  cause: Cause.optional(),
};

/** A host or a cause alone would silence whatever goes wrong there. */
const narrow = ['unit', 'process', 'command', 'user', 'by'] as const;

const ruleFields = {
  ...selectors,
  /** What kind of work it is: `deploy`, `autoscaling`, `log-rotation`. Says nothing about whom it fits. */
  label: Text.optional(),
  reason: Text,
  author: Text,
  window: RecurringWindow.optional(),
};

/** `POST /v1/expected`. */
export const NewExpectedRule = z
  .strictObject({
    ...ruleFields,
    /** Of the caller's choice, so that a request may be repeated; else the hub makes one. */
    id: z.uuid().optional(),
    /** From now on where it is left out. */
    from: Instant.optional(),
    until: Instant,
  })
  .refine((rule) => narrow.some((name) => rule[name] !== undefined), {
    error: `name at least one of ${narrow.join(', ')}: a host or a cause alone would silence too much`,
    path: ['process'],
  })
  .refine(({ until }) => Date.parse(until) > Date.now(), {
    error: 'lies in the past',
    path: ['until'],
  })
  .refine(({ until }) => Date.parse(until) <= Date.now() + longestDays * dayMs, {
    error: `lies more than ${longestDays} days ahead`,
    path: ['until'],
  })
  .refine(({ from, until }) => from === undefined || Date.parse(from) < Date.parse(until), {
    error: 'lies after until',
    path: ['from'],
  });
export type NewExpectedRule = z.infer<typeof NewExpectedRule>;

/** Deaths that fit are expected: they stay in history, and alert nobody. */
export const ExpectedRule = z.object({
  id: z.string(),
  ...ruleFields,
  from: Instant,
  until: Instant,
  createdAt: Instant,
  /** It held until then; what it explained before stays explained. */
  removedAt: Instant.nullable(),
});
export type ExpectedRule = z.infer<typeof ExpectedRule>;

export const ExpectedRules = z.object({ items: z.array(ExpectedRule) });

/** What a death carries of the rule that it fitted. */
export const Expected = z.object({
  ruleId: z.string(),
  reason: z.string(),
  author: z.string(),
  label: z.string().nullable(),
});
export type Expected = z.infer<typeof Expected>;
