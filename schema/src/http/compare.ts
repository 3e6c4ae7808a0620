import { z } from 'zod';
import { Instant } from '../time.ts';
import { pageOf } from './pages.ts';

const Count = z.number().int().nonnegative();

/** What deaths are counted by: all, why they died, where, which program, and who did it. */
export const comparedBy = ['all', 'cause', 'host', 'program', 'actor'] as const;
export const ComparedBy = z.enum(comparedBy);
export type ComparedBy = z.infer<typeof ComparedBy>;

/** The earlier period: right before and as long, or the same hours a day or a week earlier. */
export const comparedWith = ['previous', 'day-before', 'week-before'] as const;
export const ComparedWith = z.enum(comparedWith);
export type ComparedWith = z.infer<typeof ComparedWith>;

/**
 * `new` and `more` are said of hosts alone that were watched throughout the earlier period, `gone`
 * and `fewer` of those watched throughout the later one; `not-known` where that decides nothing.
 */
export const ComparedState = z.enum(['new', 'gone', 'more', 'fewer', 'same', 'not-known']);
export type ComparedState = z.infer<typeof ComparedState>;

/** Deaths in two periods, under one name. */
export const ComparedRow = z.object({
  by: ComparedBy,
  name: z.string(),
  count: Count,
  /** In the earlier period. */
  before: Count,
  /** `count` less `before`. */
  change: z.number().int(),
  state: ComparedState,
  /** The period that was not watched throughout on a host of these deaths; of `all`, on any host. */
  unwatched: z.enum(['now', 'before', 'both']).nullable().optional(),
});
export type ComparedRow = z.infer<typeof ComparedRow>;

/** How much of a period agents watched that see deaths, on the hosts that either period tells of. */
export const WatchedTime = z.object({
  /** Of the time of all these hosts: 0 nobody watched, 1 all of it. */
  share: z.number().min(0).max(1),
  hosts: Count,
  /** Hosts that were watched all the time, but for 1 % of it. */
  throughout: Count,
});
export type WatchedTime = z.infer<typeof WatchedTime>;

/** Neither has its end within. */
const Period = z.object({
  since: Instant,
  until: Instant,
  watched: WatchedTime.optional(),
});

/** `GET /v1/compare`: all deaths first, then what changed most. */
export const ComparedPage = pageOf(ComparedRow).extend({ period: Period, before: Period });
export type ComparedPage = z.infer<typeof ComparedPage>;
