import { facilityNumber } from './tag.ts';

/** What stands before the time: a syslog priority, or the names that `dmesg -x` prints. */
export interface Priority {
  readonly length: number;
  /** Null for `<0>` to `<7>`: dmesg prints the level of user space's records so, too. */
  readonly facility: number | null;
  /** RFC 5424: the version follows the priority. */
  readonly version: boolean;
}

const numbered = /^<(\d{1,3})>(1 )?/;
const decoded = /^([a-z]+[0-7]?) *:(?:emerg|alert|crit|err|warn|notice|info|debug) *: ?/;

const lessThan = 0x3c;
const smallA = 0x61;
const smallZ = 0x7a;

/** The numbers below are the levels of facility kern. */
const firstOfUser = 8;

function facilityOf(priority: number): number | null {
  return priority < firstOfUser ? null : priority >> 3;
}

export function priority(text: string): Priority | null {
  const first = text.charCodeAt(0);
  const match = first === lessThan ? numbered.exec(text) : null;
  if (match)
    return {
      length: match[0].length,
      facility: facilityOf(Number(match[1])),
      version: match[2] !== undefined,
    };
  if (first < smallA || first > smallZ) return null;
  const names = decoded.exec(text);
  if (!names) return null;
  return { length: names[0].length, facility: facilityNumber(names[1] ?? ''), version: false };
}
