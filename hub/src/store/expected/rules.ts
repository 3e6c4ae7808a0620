import { randomUUID } from 'node:crypto';
import type { ExpectedRule, NewExpectedRule } from '@coroner/schema/http/expected';
import type { Queryable } from '../database.ts';

const columns = `id, rule, from_at as "from", until_at as "until", created_at as "createdAt",
  removed_at as "removedAt"`;
const mostListed = 1_000;

type Row = Pick<ExpectedRule, 'id' | 'from' | 'until' | 'createdAt' | 'removedAt'> & {
  rule: Omit<NewExpectedRule, 'id' | 'from' | 'until'>;
};

const ruleOf = ({ rule, ...row }: Row): ExpectedRule => ({ ...rule, ...row });

/** Stores a rule; one with the same id stays as it is and is returned. */
export async function addRule(
  on: Queryable,
  { id = randomUUID(), from, until, ...rule }: NewExpectedRule,
): Promise<ExpectedRule> {
  const { rows } = await on.query<Row>({
    name: 'add-expected',
    text: `
      insert into expected_rules (id, rule, from_at, until_at)
      values ($1, $2::jsonb, coalesce($3::timestamptz, now()), $4::timestamptz)
      on conflict (id) do update set id = excluded.id
      returning ${columns}`,
    values: [id, JSON.stringify(rule), from ?? null, until],
  });
  return ruleOf(rows[0] as Row);
}

/** Rules that hold now or will, by their end; with `all` also those that ended or were removed. The first 1000. */
export async function listRules(on: Queryable, all: boolean): Promise<ExpectedRule[]> {
  const { rows } = await on.query<Row>({
    name: `list-expected-${all}`,
    text: `
      select ${columns} from expected_rules
      ${all ? '' : 'where until_at > now() and removed_at is null'}
      order by until_at ${all ? 'desc' : ''}, id limit ${mostListed}`,
  });
  return rows.map(ruleOf);
}

/** Ends a rule now, once; null when there is none. */
export async function removeRule(on: Queryable, id: string): Promise<ExpectedRule | null> {
  const { rows } = await on.query<Row>({
    name: 'remove-expected',
    text: `
      update expected_rules set removed_at = coalesce(removed_at, now()) where id = $1
      returning ${columns}`,
    values: [id],
  });
  return rows[0] ? ruleOf(rows[0]) : null;
}

/** The rules that held at some time between these, oldest first: the first that fits explains. */
export async function rulesBetween(
  on: Queryable,
  earliest: string,
  latest: string,
): Promise<ExpectedRule[]> {
  const { rows } = await on.query<Row>({
    name: 'expected-between',
    text: `
      select ${columns} from expected_rules
      where until_at > $1::timestamptz and from_at <= $2::timestamptz
        and (removed_at is null or removed_at > $1::timestamptz)
      order by created_at, id`,
    values: [earliest, latest],
  });
  return rows.map(ruleOf);
}
