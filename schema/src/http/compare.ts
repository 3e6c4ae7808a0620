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

/** Deaths in two periods, under one name. */
export const ComparedRow = z.object({
  by: ComparedBy,
  name: z.string(),
  count: Count,
  /** In the earlier period. */
  before: Count,
  /** `count` less `before`. */
  change: z.number().int(),
  state: z.enum(['new', 'gone', 'more', 'fewer', 'same']),
});
export type ComparedRow = z.infer<typeof ComparedRow>;

/** Neither has its end within. */
const Period = z.object({ since: Instant, until: Instant });

/** `GET /v1/compare`: all deaths first, then what changed most. */
export const ComparedPage = pageOf(ComparedRow).extend({ period: Period, before: Period });
export type ComparedPage = z.infer<typeof ComparedPage>;
