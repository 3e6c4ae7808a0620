import type { WatchedTime } from '@coroner/schema/http/compare';
import type { Hole, Spell } from '../../store/hosts/watched-spells.ts';

/** What is known of who watched in a period, ms since 1970. */
export interface Watching {
  sinceMs: number;
  untilMs: number;
  spells: readonly Spell[];
  holes: readonly Hole[];
}

/** Of one host: the part of each period that was watched, 0 to 1. */
export interface HostShares {
  host: string;
  now: number;
  before: number;
}

const nearlyAll = 0.99;

export const isThroughout = (share: number): boolean => share >= nearlyAll;

/**
 * The hosts that were watched at some time in one of the periods. Where an agent had the kernel's
 * records in either, time with logs alone counts as not watched: what they do not tell looks new.
 */
export function sharesOf(now: Watching, before: Watching): HostShares[] {
  const both = [now, before];
  const seeing = new Set(
    both.flatMap((period) =>
      period.spells
        .filter((spell) => spell.sees && within(spell, period) > 0)
        .map(({ host }) => host),
    ),
  );
  const [later, earlier] = both.map((period) => watchedShares(period, seeing));
  const hosts = [...new Set([...(later?.keys() ?? []), ...(earlier?.keys() ?? [])])];
  return hosts.map((host) => ({
    ...{ host, now: later?.get(host) ?? 0, before: earlier?.get(host) ?? 0 },
  }));
}

/** Of all hosts that the shares tell of and those, unwatched, that are named beside. */
export function watchedTime(
  shares: readonly HostShares[],
  of: 'now' | 'before',
  unwatched: number,
): WatchedTime {
  const hosts = shares.length + unwatched;
  const sum = shares.reduce((total, share) => total + share[of], 0);
  return {
    share: hosts === 0 ? 0 : Math.min(1, sum / hosts),
    hosts,
    throughout: shares.filter((share) => isThroughout(share[of])).length,
  };
}

function watchedShares(period: Watching, seeing: ReadonlySet<string>): Map<string, number> {
  const lengthMs = period.untilMs - period.sinceMs;
  const holes = byHost(period.holes);
  const shares = new Map<string, number>();
  for (const [host, spells] of byHost(period.spells)) {
    const good = spells.filter(({ sees }) => sees || !seeing.has(host));
    const lost = disjoint(holes.get(host) ?? []);
    const watchedMs = good.reduce((sum, spell) => sum + within(spell, period, lost), 0);
    if (watchedMs > 0) shares.set(host, Math.min(1, watchedMs / lengthMs));
  }
  return shares;
}

function byHost<Item extends { host: string }>(items: readonly Item[]): Map<string, Item[]> {
  const map = new Map<string, Item[]>();
  for (const item of items) {
    const known = map.get(item.host);
    if (known) known.push(item);
    else map.set(item.host, [item]);
  }
  return map;
}

/** How much of the period the spell covers without the holes, ms. */
function within(
  { sinceMs, untilMs }: Spell,
  period: Watching,
  holes: readonly Hole[] = [],
): number {
  const from = Math.max(sinceMs, period.sinceMs);
  const to = Math.min(untilMs ?? period.untilMs, period.untilMs);
  const lost = holes.reduce(
    (sum, hole) => sum + Math.max(0, Math.min(hole.untilMs, to) - Math.max(hole.sinceMs, from)),
    0,
  );
  return Math.max(0, to - from - lost);
}

function disjoint(holes: readonly Hole[]): Hole[] {
  const merged: Hole[] = [];
  for (const hole of holes.toSorted((a, b) => a.sinceMs - b.sinceMs)) {
    const last = merged.at(-1);
    if (last && hole.sinceMs <= last.untilMs) last.untilMs = Math.max(last.untilMs, hole.untilMs);
    else merged.push({ ...hole });
  }
  return merged;
}
