import * as chrono from 'chrono-node';
import type { AskedAt, When } from '../question.ts';
import { offsetMinutes, startOfDay } from './local-day.ts';
import { namedPartOfDay } from './nights.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export interface FoundTime {
  when: When;
  /** The text without the words that told the time. */
  rest: string;
}

type Result = Pick<chrono.ParsedResult, 'text' | 'index' | 'start'> & {
  end?: chrono.ParsedComponents | null | undefined;
};

/** The time that `text` names, which lies in the past of the asker; null when it names none. */
export function findTime(text: string, asked: AskedAt): FoundTime | null {
  const part = namedPartOfDay(text, asked);
  const clock = part && clockWithin(text, part.words, asked);
  if (part && !clock) return { when: part.when, rest: without(text, part.words, part.index) };
  const apart = clock ? null : dayAndClock(text, asked);
  if (apart) return apart;
  const result = clock ?? parse(text, asked.now, asked.timezone);
  if (!result) return null;
  const rest = without(
    clock ? text.replace(part?.words ?? '', ' ') : text,
    result.text,
    result.index,
  );
  const when = spanOf(result, asked, sinceThen(text, result));
  return { when: { ...when, phrase: clock ? `${part?.words} ${result.text}` : result.text }, rest };
}

/** "on friday nginx died at 3am": a day and a clock time with other words between them are one time. */
function dayAndClock(text: string, asked: AskedAt): FoundTime | null {
  const results = parseAll(text, asked.now, asked.timezone);
  const isDay = ({ start }: Result) =>
    (start.isCertain('day') || start.isCertain('weekday')) && !start.isCertain('hour');
  const isClock = ({ start }: Result) =>
    start.isCertain('hour') && !start.isCertain('day') && !start.isCertain('weekday');
  const day = results.find(isDay);
  const clock = results.find(isClock);
  if (!day || !clock) return null;
  const both = parse(`${day.text} at ${clock.text}`, asked.now, asked.timezone);
  if (!both?.start.isCertain('hour')) return null;
  const [first, second] = day.index < clock.index ? [day, clock] : [clock, day];
  const rest = without(without(text, second.text, second.index), first.text, first.index);
  const phrase = `${day.text} ${clock.text}`;
  const since = sinceThen(text, first);
  return { when: { ...spanOf(both, asked, since), phrase }, rest };
}

/** "last night at 3:12": the clock time on the day that puts it into that night. */
function clockWithin(text: string, words: string, asked: AskedAt): Result | null {
  const part = namedPartOfDay(text, asked);
  const others = text.replace(words, ' ');
  const first = parse(others, asked.now, asked.timezone);
  if (!part || !first?.start.isCertain('hour') || first.start.isCertain('day')) return null;
  for (const reference of [part.when.until, part.when.from]) {
    const result = parse(others, new Date(reference), asked.timezone);
    const at = result?.start.date().toISOString();
    if (result && at && at >= part.when.from && at <= part.when.until) return result;
    // "last night at 11:30" is before midnight, whatever half of the day a clock would say.
    const late = result && inTheEvening(result, new Date(reference), asked.timezone);
    const lateAt = late?.start.date().toISOString() ?? '';
    if (late && lateAt >= part.when.from && lateAt <= part.when.until) return late;
  }
  return null;
}

/** The same time twelve hours later, where the words leave that open. */
function inTheEvening(result: Result, reference: Date, timezone: string): Result | null {
  if ((result.start.get('hour') ?? 12) >= 12 || /[ap]m\b/i.test(result.text) || result.end)
    return null;
  const late = parse(`${result.text}pm`, reference, timezone);
  return late && { text: result.text, index: result.index, start: late.start, end: null };
}

function parse(text: string, now: Date, timezone: string): Result | null {
  const results = parseAll(text, now, timezone);
  // The most exact one: "what died in the second pod at 03:12" has more than one candidate.
  return (
    results.find((result) => result.start.isCertain('minute')) ??
    results.find((result) => result.start.isCertain('hour')) ??
    results[0] ??
    null
  );
}

function parseAll(text: string, now: Date, timezone: string): Result[] {
  const reference = { instant: now, timezone: offsetMinutes(timezone, now) };
  return chrono.parse(text, reference, { forwardDate: false });
}

/** Turns a parsed phrase into the span that it covers, moved into the past where it is ambiguous. */
function spanOf(result: Result, asked: AskedAt, since: boolean): Omit<When, 'phrase'> {
  const start = result.start;
  const back = intoThePast(start, asked.now);
  const at = start.date().getTime() - back;
  if (since || /^(?:the )?(?:last|past) (?:\d+ )?(?:second|minute|hour|day)/i.test(result.text))
    return span(at, asked.now.getTime() + 1, asked.now);
  if (result.end) return span(at, result.end.date().getTime() - back, asked.now);
  if (/\bago$|^now$/i.test(result.text)) {
    const age = Math.max(asked.now.getTime() - at, 0);
    const slack = Math.max(age / 2, 5 * minuteMs);
    return around(at, slack, asked.now);
  }
  if (/^(?:last|past|this) week/i.test(result.text))
    return span(at - 3 * dayMs, at + 7 * dayMs, asked.now);
  if (start.isCertain('second')) return around(at, minuteMs, asked.now);
  if (start.isCertain('minute') && /\d[:.h]\d/.test(result.text))
    return around(at, 15 * minuteMs, asked.now);
  if (start.isCertain('hour')) return around(at, hourMs, asked.now);
  const midnight = startOfDay(new Date(at), asked.timezone).getTime();
  return span(midnight, midnight + dayMs, asked.now);
}

/** "since 3am", "after 3am": until now. */
function sinceThen(text: string, { index }: Result): boolean {
  return /\b(?:since|after|starting|from)\s*(?:at\s*)?$/i.test(text.slice(0, index));
}

/** "at 11pm" asked at 9am means yesterday, "monday" asked on a sunday the one before. In ms. */
function intoThePast(start: chrono.ParsedComponents, now: Date): number {
  const ahead = start.date().getTime() - now.getTime();
  if (ahead <= minuteMs || start.isCertain('year')) return 0;
  if (start.isCertain('weekday'))
    return ahead > dayMs ? Math.ceil(ahead / (7 * dayMs)) * 7 * dayMs : 0;
  if (start.isCertain('month') || start.isCertain('day')) return 0;
  return Math.ceil(ahead / dayMs) * dayMs;
}

function around(at: number, slack: number, now: Date): Omit<When, 'phrase'> {
  const middle = Math.min(at, now.getTime());
  return {
    at: new Date(middle).toISOString(),
    from: new Date(middle - slack).toISOString(),
    until: new Date(Math.min(middle + slack, now.getTime())).toISOString(),
  };
}

/** A span is asked about at its middle; one that is under way at its end, which is now. */
function span(from: number, until: number, now: Date): Omit<When, 'phrase'> {
  const underWay = until > now.getTime();
  const end = underWay ? Math.max(now.getTime(), from) : until;
  return {
    at: new Date(underWay ? end : (from + end) / 2).toISOString(),
    from: new Date(from).toISOString(),
    until: new Date(end).toISOString(),
  };
}

const leading =
  /\b(?:at|around|about|since|from|in|on|during|after|before|by|circa|approximately|the|just|past|earlier|sometime|between|~)\s*$/i;

function without(text: string, words: string, index: number): string {
  const at = text.startsWith(words, index) ? index : text.indexOf(words);
  let head = text.slice(0, at);
  while (leading.test(head)) head = head.replace(leading, '');
  // The comma keeps "on" and "vm" before a time from what comes after it.
  return `${head} , ${text.slice(at + words.length)}`;
}
