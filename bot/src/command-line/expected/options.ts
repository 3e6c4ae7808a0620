import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { NewExpectedRule } from '@coroner/schema/http/expected';
import { spanMs } from '../span.ts';

/** What `coroner expected add` takes, as it was typed. */
export interface AddOptions {
  host?: string;
  hostLabel?: string;
  unit?: string;
  process?: string;
  command?: string;
  user?: string;
  by?: string;
  cause?: string;
  label?: string;
  reason?: string;
  author?: string;
  from?: string;
  until?: string;
  for?: string;
  schedule?: string;
  minutes?: string;
  timeZone?: string;
  json?: boolean;
}

/** The rule that was typed. Throws an Error that names the option that is wrong. */
export function ruleOf(options: AddOptions, now: Date): NewExpectedRule {
  const { json: _json, for: lasts, until, schedule, minutes, timeZone, ...rest } = options;
  if (until !== undefined && lasts !== undefined)
    throw new Error('give --until or --for, not both');
  if (schedule === undefined && (minutes !== undefined || timeZone !== undefined))
    throw new Error('--minutes and --time-zone belong to --schedule');
  const rule = {
    id: randomUUID(),
    author: userInfo().username,
    ...rest,
    until:
      lasts === undefined ? until : new Date(now.getTime() + spanMs('--for', lasts)).toISOString(),
    ...(schedule === undefined
      ? {}
      : { window: { schedule, minutes: Number(minutes), timeZone: timeZone ?? hereZone() } }),
  };
  const read = NewExpectedRule.safeParse(rule);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const option = String(issue?.path.at(-1) ?? '')
    .replace('timeZone', 'time-zone')
    .replace('hostLabel', 'host-label');
  if (option === 'until' && rule.until === undefined)
    throw new Error('--until TIME or --for 2h is needed: a rule without an end is forgotten');
  if (option === 'reason' && rest.reason === undefined) throw new Error('--reason is needed');
  throw new Error(`--${option}: ${issue?.message}`);
}

const hereZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
