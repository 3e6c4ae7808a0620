import { findHost } from './find-host.ts';
import { findPid } from './find-pid.ts';
import { processNames } from './find-process.ts';
import { isMark, maskNames, unmask } from './names.ts';
import type { AskedAt, Question } from './question.ts';
import { findTime } from './time/find-time.ts';

const longestQuestion = 2000;

export interface Parsed {
  question: Question;
  /** Words that could be names and found no place. */
  leftOver: string[];
  /** Says something about a question before it: "and on web-4?", "what about postgres". */
  followUp: boolean;
}

const followUp = /^\s*(?:and|what about|how about|or|also|same|then|but)\b/i;

/**
 * Plain English → what is asked: "why did nginx die on web-3 last night?", "who killed pid 4121",
 * "nginx web-3". Never throws; what it does not understand is null.
 */
export function parseQuestion(text: string, asked: AskedAt): Parsed {
  const oneLine = text.slice(0, longestQuestion).replace(/\s+/g, ' ');
  const masked = maskNames(oneLine);
  const withTime = read(masked.text, true);
  // "why did sun die": a name that is also a time is a name when nothing else is one.
  const result =
    withTime.names.length === 0 && withTime.pid === null && !withTime.host && withTime.when
      ? read(masked.text, false)
      : withTime;
  const chosen = result.names.length === 0 && withTime.when ? withTime : result;
  // In a sentence, a second word is a host only when it has the shape of one.
  const kept = chosen.placed
    ? chosen.names.filter((name, index) => index === 0 || isMark(name))
    : chosen.names;
  const names = kept.map((name) => unmask(name, masked));
  const host = chosen.host ? unmask(chosen.host, masked) : null;
  const split = assign(names, host, chosen.pid);
  return {
    question: { process: split.process, pid: chosen.pid, host: split.host, when: chosen.when },
    leftOver: split.leftOver,
    followUp: followUp.test(oneLine),
  };

  function read(source: string, readTime: boolean) {
    const pid = findPid(source);
    const at = pid ? pid.rest : source;
    const byWord = findHost(at);
    const time = readTime ? findTime(byWord ? byWord.rest : at, asked) : null;
    const rest = time ? time.rest : byWord ? byWord.rest : at;
    return {
      pid: pid?.pid ?? null,
      host: byWord?.host ?? null,
      when: time?.when ?? null,
      ...processNames(rest.replace(/\s+/g, ' ')),
    };
  }
}

function assign(names: string[], host: string | null, pid: number | null) {
  const [first = null, second = null, ...more] = names;
  const at = first && !host ? /^([^@/]+)@([^@/]+)$/.exec(first) : null;
  // `nginx@web-3`, but `getty@tty1.service` is the name of a unit.
  if (at?.[1] && at[2] && !/\.(?:service|scope|timer|socket|slice)$/.test(at[2])) {
    return { process: at[1], host: at[2], leftOver: names.slice(1) };
  }
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

/** Ends in a number after a separator or is a domain name: `web-3`, `db2`, `a.example`. */
function looksLikeHost(name: string): boolean {
  if (isMark(name)) return false;
  return /^[a-z][a-z-]*-?\d+$/i.test(name) || /^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}$/i.test(name);
}
