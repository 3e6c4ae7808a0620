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

/** The time that `text` names, which lies in the past of the asker; null when it names none. */
export function findTime(text: string, asked: AskedAt): FoundTime | null {
  const part = namedPartOfDay(text, asked);
  const clock = part && clockWithin(text, part.words, asked);
  if (part && !clock) return { when: part.when, rest: without(text, part.words, part.index) };
  const result = clock ?? parse(text, asked.now, asked.timezone);
  if (!result) return null;
  const rest = without(
    clock ? text.replace(part?.words ?? '', ' ') : text,
    result.text,
    result.index,
  );
  const when = spanOf(result, asked);
  return { when: { ...when, phrase: clock ? `${part?.words} ${result.text}` : result.text }, rest };
}

/** "last night at 3:12": the clock time on the day that puts it into that night. */
function clockWithin(text: string, words: string, asked: AskedAt): chrono.ParsedResult | null {
  const part = namedPartOfDay(text, asked);
  const others = text.replace(words, ' ');
  const first = parse(others, asked.now, asked.timezone);
  if (!part || !first?.start.isCertain('hour') || first.start.isCertain('day')) return null;
  for (const reference of [part.when.until, part.when.from]) {
    const result = parse(others, new Date(reference), asked.timezone);
    const at = result?.start.date().toISOString();
    if (result && at && at >= part.when.from && at <= part.when.until) return result;
  }
  return null;
}

function parse(text: string, now: Date, timezone: string): chrono.ParsedResult | null {
  const reference = { instant: now, timezone: offsetMinutes(timezone, now) };
  const results = chrono.parse(text, reference, { forwardDate: false });
  // The most exact one: "what died in the second pod at 03:12" has more than one candidate.
  return (
    results.find((result) => result.start.isCertain('minute')) ??
    results.find((result) => result.start.isCertain('hour')) ??
    results[0] ??
    null
  );
}

/** Turns a parsed phrase into the span that it covers, moved into the past where it is ambiguous. */
function spanOf(result: chrono.ParsedResult, asked: AskedAt): Omit<When, 'phrase'> {
  const start = result.start;
  const back = intoThePast(start, asked.now);
  const at = start.date().getTime() - back;
  if (result.end) return span(at, result.end.date().getTime() - back, asked.now);
  if (/\bago\b|^now$|^last (?:second|minute|hour)/i.test(result.text)) {
    const age = Math.max(asked.now.getTime() - at, 0);
    const slack = Math.max(age / 2, 5 * minuteMs);
    return around(at, slack, asked.now);
  }
  if (/^(?:last|past|this) week/i.test(result.text))
    return span(at - 3 * dayMs, at + 7 * dayMs, asked.now);
  if (start.isCertain('second')) return around(at, minuteMs, asked.now);
  if (start.isCertain('minute')) return around(at, 15 * minuteMs, asked.now);
  if (start.isCertain('hour')) return around(at, hourMs, asked.now);
  const midnight = startOfDay(new Date(at), asked.timezone).getTime();
  return span(midnight, midnight + dayMs, asked.now);
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
  /\b(?:at|around|about|since|from|in|on|during|after|before|by|circa|approximately|the|just|past|earlier|sometime|~)\s*$/i;

function without(text: string, words: string, index: number): string {
  const at = text.startsWith(words, index) ? index : text.indexOf(words);
  let head = text.slice(0, at);
  while (leading.test(head)) head = head.replace(leading, '');
  return `${head} ${text.slice(at + words.length)}`;
}
