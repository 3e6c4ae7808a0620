import { asksForList } from './asks-for-list.ts';
import { findHost } from './find-host.ts';
import { findPid } from './find-pid.ts';
import { processNames } from './find-process.ts';
import { looksLikeHost } from './host-shape.ts';
import { isMark, maskNames, unmask } from './names.ts';
import type { AskedAt, Question } from './question.ts';
import { findTime } from './time/find-time.ts';
import { plainTimes } from './time/plain-times.ts';

const longestQuestion = 2000;

export interface Parsed {
  question: Question;
  /** Words that could be names and found no place. */
  leftOver: string[];
  /** Says something about a question before it: "and on web-4?", "what about postgres". */
  followUp: boolean;
  /** It asks about the host, not about a process on it: "why did the web-3 server crash". */
  hostItself: boolean;
  /** The process stands where a sentence has what died: "why did cron die", not "show the cron jobs". */
  placed: boolean;
}

const followUp = /^\s*(?:and|what about|how about|or|also|same|then|but)\b/i;

/**
 * Plain English → what is asked: "why did nginx die on web-3 last night?", "who killed pid 4121",
 * "nginx web-3". Never throws; what it does not understand is null.
 */
export function parseQuestion(text: string, asked: AskedAt): Parsed {
  const oneLine = plainTimes(text.slice(0, longestQuestion).replace(/\s+/g, ' '));
  const masked = maskNames(oneLine);
  const list = asksForList(masked.text);
  const withTime = read(masked.text, true);
  const chosen = withTime.names.length === 0 && !list ? (nameThatIsATime() ?? withTime) : withTime;
  // In a sentence, a second word is a host only when it has the shape of one; in "what died", none is.
  const kept = chosen.names.filter(
    (name, index) => isMark(name) || (chosen.placed ? index === 0 : !list && !chosen.hostItself),
  );
  const names = kept.map((name) => unmask(name, masked));
  const host = chosen.host ? unmask(chosen.host, masked) : null;
  const split = assign(names, host, chosen.pid);
  return {
    question: { process: split.process, pid: chosen.pid, host: split.host, when: chosen.when },
    leftOver: split.leftOver,
    followUp: followUp.test(oneLine),
    hostItself: chosen.hostItself && split.process === null && chosen.pid === null,
    placed: chosen.placed && split.process !== null,
  };

  function read(source: string, readTime: boolean) {
    const pid = findPid(source);
    const at = pid ? pid.rest : source;
    const time = readTime ? findTime(at, asked) : null;
    const timeless = time ? time.rest : at;
    const where = findHost(timeless);
    const rest = where ? where.rest : timeless;
    return {
      pid: pid?.pid ?? null,
      host: where?.host ?? null,
      hostItself: where?.itself ?? false,
      when: time?.when ?? null,
      ...processNames(rest.replace(/\s+/g, ' ')),
    };
  }

  /** "why did sun die": a day that stands where a process stands. */
  function nameThatIsATime() {
    const phrase = withTime.when?.phrase ?? '';
    if (withTime.pid !== null || !/^[a-z]+$/i.test(phrase)) return null;
    const without = read(masked.text, false);
    return without.placed && without.names[0]?.toLowerCase() === phrase.toLowerCase()
      ? without
      : null;
  }
}

function assign(names: string[], host: string | null, pid: number | null) {
  const [first = null, second = null, ...more] = names;
  const at = first && !host ? /^([^@/]+)@([^@/]+)$/.exec(first) : null;
  // `nginx@web-3`, but `getty@tty1.service` is the name of a unit.
  if (at?.[1] && at[2] && !/\.(?:service|scope|timer|socket|slice)$/.test(at[2])) {
    return { process: at[1], host: at[2], leftOver: names.slice(1) };
  }
  // "web-3:nginx", as monitors write it.
  const pair = first && !host ? /^([\w.-]+):([\w.-]+)$/.exec(first) : null;
  if (
    pair?.[1] &&
    pair[2] &&
    looksLikeHost(pair[1]) &&
    !/^[\d.]+$|^[a-z][a-z-]*-?\d+$/i.test(pair[2])
  )
    return { process: pair[2], host: pair[1], leftOver: names.slice(1) };
  if (host !== null) return { process: first, host, leftOver: names.slice(1) };
  if (first && !second && pid !== null && looksLikeHost(first)) {
    return { process: null, host: first, leftOver: [] };
  }
  // "web-3 nginx" as well as "nginx web-3": the one that has a host's shape is the host.
  if (first && second && looksLikeHost(first) && !looksLikeHost(second)) {
    return { process: second, host: first, leftOver: more };
  }
  return { process: first, host: second, leftOver: more };
}
