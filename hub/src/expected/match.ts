import { fits } from '@coroner/schema/glob';
import type { Expected, ExpectedRule, RecurringWindow } from '@coroner/schema/http/expected';
import { nextRunOf } from '@coroner/schema/schedule/next-run-of';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import type { Labels } from '@coroner/schema/wire/heartbeat';

const minuteMs = 60_000;

/** The first rule that this death, on a host with these labels, fits, as the answer carries it; null when nobody expected it. */
export function expectedBy(
  rules: readonly ExpectedRule[],
  answer: Pick<StoredAnswer, 'death' | 'actor' | 'verdict'>,
  happenedAt: string,
  labels: Labels,
): Expected | null {
  const atMs = Date.parse(happenedAt);
  const rule = rules.find((one) => holds(one, atMs) && selects(one, answer, labels));
  if (!rule) return null;
  const { id: ruleId, reason, author, label } = rule;
  return { ruleId, reason, author, label: label ?? null };
}

function holds({ from, until, removedAt, window }: ExpectedRule, atMs: number): boolean {
  if (atMs < Date.parse(from) || atMs >= Date.parse(until)) return false;
  if (removedAt !== null && atMs >= Date.parse(removedAt)) return false;
  return window === undefined || isWithin(window, atMs);
}

/** A run of the schedule lies at most so many minutes back, in its time zone. */
function isWithin({ schedule, minutes, timeZone }: RecurringWindow, atMs: number): boolean {
  const run = nextRunOf(schedule, timeZone, new Date(atMs - minutes * minuteMs));
  return run !== null && run.getTime() <= atMs;
}

function selects(
  rule: ExpectedRule,
  { death, actor, verdict }: Pick<StoredAnswer, 'death' | 'actor' | 'verdict'>,
  labels: Labels,
): boolean {
  const exeName = death.exe?.slice(death.exe.lastIndexOf('/') + 1);
  const wanted: [string | undefined, (string | null | undefined)[]][] = [
    [rule.host, [death.host]],
    [rule.hostLabel, Object.entries(labels).map(([name, value]) => `${name}=${value}`)],
    [rule.unit, [death.unit]],
    [rule.process, [death.comm, exeName]],
    [rule.command, [death.cmdline.join(' ')]],
    [rule.user, [death.user]],
    [rule.by, [actor?.auditUser ?? actor?.user]],
  ];
  if (rule.cause !== undefined && rule.cause !== verdict.cause) return false;
  return wanted.every(
    ([glob, values]) =>
      glob === undefined || values.some((value) => value != null && fits(glob, value)),
  );
}
