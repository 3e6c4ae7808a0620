import {
  type Claim,
  type ClaimDone,
  type ClaimRequest,
  longestLeaseSeconds,
} from '@coroner/schema/http/claims';
import type { Queryable } from './database.ts';
import { isPast } from './is-past.ts';

const columns = `key, holder, lease_until as "leaseUntil", value, about, taken_over as "takenOver"`;

/** Takes the claim if it is free; one atomic statement. */
export async function takeClaim(
  on: Queryable,
  { key, holder, leaseSeconds, about }: ClaimRequest,
): Promise<{ granted: boolean; claim: Claim }> {
  const taken = await on.query<Claim>({
    name: 'take-claim',
    text: `
      insert into claims as c (key, holder, lease_until, about)
      values ($1, $2, now() + make_interval(secs => $3), $4::jsonb)
      on conflict (key) do update
        set holder = excluded.holder, lease_until = excluded.lease_until, claimed_at = now(),
          taken_over = c.taken_over or c.holder <> excluded.holder,
          about = coalesce(excluded.about, c.about)
        where c.holder = excluded.holder or (c.value is null and ${isPast('c.lease_until', longestLeaseSeconds)})
      returning ${columns}`,
    values: [key, holder, leaseSeconds, about === undefined ? null : JSON.stringify(about)],
  });
  const [mine] = taken.rows;
  if (mine) return { granted: true, claim: mine };
  const theirs = await readClaim(on, key);
  if (!theirs) throw new Error(`the claim ${key} vanished while it was taken`);
  return { granted: false, claim: theirs };
}

/** Stores what came of it; null when somebody else holds the claim, or nobody. */
export async function completeClaim(
  on: Queryable,
  { key, holder, value }: ClaimDone,
): Promise<Claim | null> {
  const { rows } = await on.query<Claim>({
    name: 'complete-claim',
    text: `update claims set value = $3::jsonb, claimed_at = now() where key = $1 and holder = $2 returning ${columns}`,
    values: [key, holder, JSON.stringify(value ?? null)],
  });
  return rows[0] ?? null;
}

export async function readClaim(on: Queryable, key: string): Promise<Claim | null> {
  const { rows } = await on.query<Claim>({
    name: 'read-claim',
    text: `select ${columns} from claims where key = $1`,
    values: [key],
  });
  return rows[0] ?? null;
}

/** Claims that are not done and whose lease has run out; the longest waiting first. */
export async function openClaims(on: Queryable, prefix: string, limit: number): Promise<Claim[]> {
  const { rows } = await on.query<Claim>({
    name: 'open-claims',
    text: `
      select ${columns} from claims
      where value is null and ${isPast('lease_until', longestLeaseSeconds)} and starts_with(key, $1)
      order by lease_until, key
      limit $2`,
    values: [prefix, limit],
  });
  return rows;
}

const keptDays = 30;
const mostPruned = 10_000;

/**
 * Forgets what was claimed a month ago: Slack has long given up to deliver such an event again. The
 * card of an incident, and the lines of its thread, are kept as long as the incident has deaths of that time.
 */
export async function pruneClaims(on: Queryable): Promise<number> {
  const { rowCount } = await on.query({
    name: 'prune-claims',
    text: `
      delete from claims where key in (
        select c.key from claims c
        left join incidents i on c.key like any('{alert:%,grown:%}') and i.id = split_part(c.key, ':', 2)
        where c.claimed_at < now() - interval '${keptDays} days'
          and (i.id is null or i.last_at < now() - interval '${keptDays} days')
        limit ${mostPruned})`,
  });
  return rowCount ?? 0;
}
