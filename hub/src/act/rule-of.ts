import { NewExpectedRule } from '@coroner/schema/http/expected';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';

const longestPattern = 256;

/**
 * The rule for deaths like the first one of an incident: the same program of the same unit, ended in
 * the same way by the same person; on the same host, if it is on one. Null where its names are such
 * that no pattern selects it.
 */
export function ruleOf(
  { death, actor, verdict }: Pick<StoredAnswer, 'death' | 'actor' | 'verdict'>,
  hosts: IncidentRow['hosts'],
  said: { reason: string; author: string; until: string },
): NewExpectedRule | null {
  const by = actor?.auditUser ?? actor?.user;
  const [host, ...others] = hosts;
  const selectors = {
    host: others.length === 0 ? host : undefined,
    unit: death.unit,
    process: death.comm,
    by,
  };
  const patterns = Object.entries(selectors).flatMap(([name, value]) => {
    const pattern = value ? literally(value) : null;
    return pattern === null ? [] : [[name, pattern]];
  });
  const rule = { ...Object.fromEntries(patterns), cause: verdict.cause, ...said };
  return NewExpectedRule.safeParse(rule).data ?? null;
}

/** A pattern that fits this name, and others at most where a pattern cannot say it; null for none. */
function literally(name: string): string | null {
  const pattern = name.replaceAll('*', '?').trim();
  if (!/[^?\s]/.test(pattern)) return null;
  return pattern.length <= longestPattern ? pattern : `${pattern.slice(0, longestPattern - 1)}*`;
}
