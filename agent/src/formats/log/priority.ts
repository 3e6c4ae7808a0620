import { facilityNumber } from './tag.ts';

/** What stands before the time: a syslog priority, or the names that `dmesg -x` prints. */
export interface Priority {
  readonly length: number;
  readonly facility: number;
  /** RFC 5424: the version follows the priority. */
  readonly version: boolean;
}

const numbered = /^<(\d{1,3})>(1 )?/;
const decoded = /^([a-z]+[0-7]?) *:(?:emerg|alert|crit|err|warn|notice|info|debug) *: ?/;

export function priority(text: string): Priority | null {
  const match = numbered.exec(text);
  if (match)
    return {
      length: match[0].length,
      facility: Number(match[1]) >> 3,
      version: match[2] !== undefined,
    };
  const names = decoded.exec(text);
  if (!names) return null;
  return { length: names[0].length, facility: facilityNumber(names[1] ?? ''), version: false };
}
