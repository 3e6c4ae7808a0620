import { asksForList } from '../question/asks-for-list.ts';
import type { Parsed } from '../question/parse-question.ts';
import type { Question } from '../question/question.ts';

/**
 * "and on web-4?" after "why did nginx die on web-3 last night?" is a whole question. What the new
 * one leaves open comes from the one before, except a pid: it means something on its own host only.
 */
export function inContext(parsed: Parsed, text: string, previous: Question | null): Question {
  const { question } = parsed;
  const incomplete = question.process === null && question.pid === null;
  const says = question.host !== null || question.when !== null || !incomplete;
  if (!previous || !says) return question;
  if (!parsed.followUp && (!incomplete || asksForList(text))) return question;
  const named = !incomplete;
  const hostChanged = question.host !== null && question.host !== previous.host;
  return {
    process: named ? question.process : previous.process,
    pid: named || hostChanged ? question.pid : previous.pid,
    host: question.host ?? previous.host,
    when: question.when ?? previous.when,
  };
}
