import { duration } from '@coroner/schema/verdict/words/duration';
import type { FirstDeath } from '../store/questions/hosts-in-order.ts';

const mostNamed = 5;

/** What cannot be said about who was first, in words; `deaths` are the first of each host, in order. */
export function uncertainOrder(deaths: readonly FirstDeath[]): string[] {
  if (deaths.length < 2) return [];
  const unmeasured = deaths.filter(({ errorMs }) => errorMs === null).map(({ host }) => host);
  if (unmeasured.length > 0)
    return [
      `the order of deaths on different hosts is uncertain: the clock of ${named(unmeasured)} was never measured`,
    ];
  const doubtMs = deaths.slice(1).flatMap((death, index) => {
    const before = deaths[index];
    const apartMs = death.atMs - (before?.atMs ?? 0);
    const errorMs = (death.errorMs ?? 0) + (before?.errorMs ?? 0);
    return apartMs < errorMs ? [errorMs] : [];
  });
  if (doubtMs.length === 0) return [];
  return [
    `the order of deaths on different hosts that are less than ${duration(Math.max(...doubtMs))} apart is uncertain: their clocks agree no better`,
  ];
}

function named(hosts: readonly string[]): string {
  const more = hosts.length - mostNamed;
  return hosts.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
