import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Answer } from '@coroner/schema/http/answer';
import type { Question, When } from '../question/question.ts';
import { findDeath, type WhyResult } from './find-death.ts';
import { answerReply } from './replies/answer-reply.ts';
import { notFoundReply } from './replies/other-replies.ts';
import type { Reply } from './reply.ts';
import type { Words } from './words.ts';

/** Agents' and askers' clocks differ by some seconds. */
const slackMs = 60_000;

/** Asks the hub; when the nearest death is outside of the time in question, tries one inside. */
export async function why(hub: HubClient, question: Question): Promise<WhyResult> {
  const query = (at: string | undefined) => ({
    ...(question.process === null ? {} : { process: question.process }),
    ...(question.pid === null ? {} : { pid: question.pid }),
    ...(question.host === null ? {} : { host: question.host }),
    ...(at === undefined ? {} : { at }),
  });
  const result = await findDeath(hub, query(question.when?.at));
  if (!result.found || !question.when || within(result.answer.death.diedAt, question.when)) {
    return result;
  }
  const { when } = question;
  const inside = result.answer.others?.find((other) => within(other.diedAt, when));
  return inside ? findDeath(hub, query(inside.diedAt)) : result;
}

/** What to say to the hub's answer to `question`. */
export function whyReply(result: WhyResult, question: Question): Reply {
  if (!result.found) return notFoundReply(result.problem);
  return answerReply(result.answer, outsideNote(result.answer, question));
}

function outsideNote(answer: Answer, question: Question): Words | null {
  if (!question.when || within(answer.death.diedAt, question.when)) return null;
  return [
    `Nothing of that name is recorded for "${question.when.phrase}". The nearest death was `,
    { at: answer.death.diedAt },
    '.',
  ];
}

function within(instant: string, when: When): boolean {
  const at = Date.parse(instant);
  return at >= Date.parse(when.from) - slackMs && at <= Date.parse(when.until) + slackMs;
}
