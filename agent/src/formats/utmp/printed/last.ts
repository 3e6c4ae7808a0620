import type { RawEvent } from '../../../source.ts';

const date = '[A-Z][a-z]{2} [A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d(?::\\d\\d)?(?: \\d{4})?';
/** `alice    pts/0        10.0.0.5         Fri Feb  6 11:37:41 2026 - Fri Feb  6 11:40:00 2026  (00:02)`. */
const row = new RegExp(
  `^(?!\\S+ begins )(?<user>\\S{1,32}) +(?<line>system boot|system down|\\S{1,32}) +(?:(?<from>\\S{1,256}) +)?(?<start>${date})(?: +(?<rest>\\S.*))?$`,
);
/** Until when, for how long, and with -a the host. */
const rest = new RegExp(
  `^(?:- )?(?<end>still logged in|still running|gone - no logout|down|crash|\\d\\d:\\d\\d|${date}) *(?:\\((?:(?<days>\\d{1,5})\\+)?(?<hours>\\d\\d):(?<minutes>\\d\\d)\\))? *(?<from>\\S{1,256})?$`,
);
/** It did not end, or nobody knows when. */
const open = /^(?:still|gone|crash)/;
const hasDate = /^[A-Z]/;
const minuteMs = 60_000;

export const isLast = (line: string): boolean => row.test(line);

/**
 * A line of last(1) or lastb(1): the login, and the logout where the line tells when it was. `last`
 * prints minutes, unless it was given -F.
 */
export function lastEvents(
  text: string,
  failures: boolean,
  instant: (printed: string) => string | null,
): RawEvent[] {
  const said = row.exec(text)?.groups;
  if (!said) return [];
  const { user = '', line = '', start = '' } = said;
  const after = rest.exec(said['rest'] ?? '')?.groups;
  const at = instant(start);
  const from = said['from'] ?? after?.['from'] ?? null;
  if (line === 'system boot')
    return [{ kind: 'boot', source: 'wtmp', at, kernel: from, host: null }];
  if (line === 'system down')
    return [{ kind: 'shutdown', source: 'wtmp', at, how: 'shutdown', host: null }];
  if (user === 'runlevel' || at === null) return [];
  const session = { source: 'wtmp', user, tty: line, from, pid: null } as const;
  if (failures || line.endsWith(':notty')) return [{ kind: 'login-failed', ...session, at }];
  const end = after && ended(at, after, instant);
  const login: RawEvent = { kind: 'login', ...session, at };
  return end ? [login, { kind: 'logout', ...session, at: end }] : [login];
}

function ended(
  start: string,
  said: Readonly<Record<string, string | undefined>>,
  instant: (printed: string) => string | null,
): string | null {
  const { end = '', days = '0', hours, minutes } = said;
  if (open.test(end)) return null;
  if (hasDate.test(end)) return instant(end);
  if (hours === undefined) return null;
  const passed = (Number(days) * 24 + Number(hours)) * 60 + Number(minutes);
  return new Date(Date.parse(start) + passed * minuteMs).toISOString();
}
