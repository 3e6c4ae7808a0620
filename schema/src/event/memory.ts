import { z } from 'zod';
import { Instant } from '../time.ts';
import { eventBase } from './base.ts';

const kb = z.number().int().nonnegative().nullable();
const percent = z.number().nonnegative().nullable();

/** Memory of a host over the minutes before a memory kill. All lists run beside `times`; null = not read then. */
export const memorySeries = {
  /** When each sample was taken, oldest first. */
  times: z.array(Instant),
  totalKb: z.number().int().nonnegative(),
  /** MemAvailable of /proc/meminfo. */
  availableKb: z.array(kb),
  swapTotalKb: z.number().int().nonnegative(),
  swapFreeKb: z.array(kb),
  /** `some avg10` and `full avg10` of /proc/pressure/memory: percent of the time. */
  pressureSome: z.array(percent),
  pressureFull: z.array(percent),
  /** Those that held most, by resident memory. */
  processes: z.array(
    z.object({
      pid: z.number().int(),
      comm: z.string(),
      cgroup: z.string().nullish(),
      rssKb: z.array(kb),
    }),
  ),
  /** Their cgroups and what is above these, with the limit that holds for each; null = none. */
  cgroups: z.array(
    z.object({
      path: z.string(),
      limitKb: kb,
      usageKb: z.array(kb),
      /** `some avg10` of memory.pressure; cgroup v2 only. */
      pressureSome: z.array(percent).nullish(),
    }),
  ),
};

/** What memory looked like before something was killed for want of it; `at` is the time of the kill. */
export const MemoryStoryEvent = z.object({
  kind: z.literal('memory-story'),
  ...eventBase,
  /** Kinds of the events that made the agent tell it. */
  because: z.array(z.string()),
  /** Whom these name as killed. */
  victims: z.array(z.object({ pid: z.number().int().nullable(), comm: z.string().nullable() })),
  ...memorySeries,
});
export type MemoryStoryEvent = z.infer<typeof MemoryStoryEvent>;
