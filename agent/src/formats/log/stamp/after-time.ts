import { zoneOffsetMinutes } from '../clock/zone.ts';

/** `UTC `, `+0200 `, before the host; a host is no zone, whatever it is called, when a tag follows it. */
const zone = /^([A-Z]{2,4}T|UTC|Z|[+-]\d\d:?\d\d) (?=\S*[^\s:] )/;
const zoneThenYear = /^([A-Z]{3,5}|[+-]\d\d:?\d\d) (?=(?:19|20)\d\d(?: |$))/;
const year = /^((?:19|20)\d\d)(?: |$)/;

export interface AfterTime {
  readonly length: number;
  readonly year: number | null;
  /** Minutes east of Greenwich; null where none is named, or an ambiguous one. */
  readonly offsetMinutes: number | null;
}

const nothing: AfterTime = { length: 0, year: null, offsetMinutes: null };

/** Digits, capitals and signs; hosts and programs begin with a small letter as a rule. */
const mayBegin = (code: number): boolean => code >= 0x2b && code <= 0x5a;

/** What some logs print after the time of day, at `index`: `UTC`, `2024`, `CET 2024`. */
export function afterTime(line: string, index: number): AfterTime {
  if (!mayBegin(line.charCodeAt(index))) return nothing;
  const text = line.slice(index);
  const named = zoneThenYear.exec(text) ?? zone.exec(text);
  const rest = named ? text.slice(named[0].length) : text;
  const dated = year.exec(rest);
  if (!named && !dated) return nothing;
  return {
    length: (named?.[0].length ?? 0) + (dated?.[0].length ?? 0),
    year: dated ? Number(dated[1]) : null,
    offsetMinutes: zoneOffsetMinutes(named?.[1]),
  };
}
