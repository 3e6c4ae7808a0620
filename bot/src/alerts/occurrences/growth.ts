import type { Alert } from '@coroner/schema/wire/alert';
import { z } from 'zod';

const Counts = z.record(z.string(), z.number());

/** How large an incident was when a thread last told of it. */
export const Told = z.object({
  deaths: z.number(),
  hosts: Counts,
  victims: Counts,
});
export type Told = z.infer<typeof Told>;

/** What came since, most first. */
export interface Growth {
  deaths: number;
  hosts: { name: string; count: number }[];
  victims: { name: string; count: number }[];
}

export function toldBy({ deaths, byHost = [], victims }: Alert): Told {
  return {
    deaths,
    hosts: Object.fromEntries(byHost.map(({ host, count }) => [host, count])),
    victims: Object.fromEntries(victims.map(({ comm, count }) => [comm, count])),
  };
}

/** Null where there is nothing to tell: it did not grow, is none any more, or people want it quiet. */
export function growthSince(told: Told, alert: Alert): Growth | null {
  const deaths = alert.deaths - told.deaths;
  const isQuiet = ['snoozed', 'expected', 'resolved'].includes(alert.state?.status ?? 'open');
  if (deaths <= 0 || isQuiet || alert.withdrawn) return null;
  const now = toldBy(alert);
  return { deaths, hosts: more(told.hosts, now.hosts), victims: more(told.victims, now.victims) };
}

function more(before: Told['hosts'], now: Told['hosts']): Growth['hosts'] {
  const names = new Map(Object.entries(before));
  return Object.entries(now)
    .map(([name, count]) => ({ name, count: count - (names.get(name) ?? 0) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}
