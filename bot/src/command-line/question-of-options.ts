import type { AskedAt, Question, When } from '../question/question.ts';
import { findTime } from '../question/time/find-time.ts';

export interface WhyOptions {
  host?: string;
  at?: string;
  pid?: string;
  json?: boolean;
}

/** Throws an Error whose message names the option that is wrong. */
export function questionOfOptions(
  process: string | undefined,
  options: WhyOptions,
  asked: AskedAt,
): Question {
  const pid = options.pid === undefined ? null : Number(options.pid);
  if (pid !== null && !(Number.isInteger(pid) && pid > 0)) {
    throw new Error(`--pid must be a positive whole number, not "${options.pid}"`);
  }
  if (!process && pid === null) throw new Error('name a PROCESS or give its --pid');
  return {
    process: process || null,
    pid,
    host: options.host || null,
    when: options.at === undefined ? null : whenOf(options.at, asked),
  };
}

function whenOf(text: string, asked: AskedAt): When {
  const found = findTime(text, asked);
  if (found) return { ...found.when, phrase: text };
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) {
    throw new Error(
      `--at "${text}" is no time that I understand: try "last night", "10 minutes ago", "03:12" or 2026-11-23T03:12:00Z`,
    );
  }
  const iso = at.toISOString();
  return { at: iso, from: iso, until: iso, phrase: text };
}
