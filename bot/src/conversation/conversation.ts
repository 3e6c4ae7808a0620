import type { Answer } from '@coroner/schema/http/answer';
import type { HubClient, WhyResult } from '../hub-client/hub-client.ts';
import { parseQuestion } from '../question/parse-question.ts';
import type { AskedAt, Question, When } from '../question/question.ts';
import { asksForList, inContext } from './follow-up.ts';
import { answerReply } from './replies/answer-reply.ts';
import { listReply, notFoundReply, troubleReply, unclearReply } from './replies/other-replies.ts';
import type { Reply } from './reply.ts';
import type { Words } from './words.ts';

const listedDeaths = 8;

export interface Turn {
  reply: Reply;
  /** What was asked, as understood: the context of the next question in the same thread. */
  question: Question;
}

/** One question in plain English → what to say to it. Never rejects: trouble is a Reply too. */
export async function ask(
  hub: HubClient,
  text: string,
  asked: AskedAt,
  previous: Question | null = null,
): Promise<Turn> {
  const question = inContext(parseQuestion(text, asked), text, previous);
  try {
    return { question, reply: await replyTo(hub, question, asksForList(text)) };
  } catch (error) {
    return { question, reply: troubleReply(error) };
  }
}

/** The death that somebody picked from a list. Never rejects. */
export async function askById(hub: HubClient, id: string): Promise<Turn> {
  const nobody: Question = { process: null, pid: null, host: null, when: null };
  try {
    const result = await hub.deathById(id);
    if (!result.found) return { question: nobody, reply: notFoundReply(result.problem) };
    const { comm, host } = result.answer.death;
    const question = { ...nobody, process: comm, host };
    return { question, reply: answerReply(result.answer) };
  } catch (error) {
    return { question: nobody, reply: troubleReply(error) };
  }
}

async function replyTo(hub: HubClient, question: Question, list: boolean): Promise<Reply> {
  if (question.process !== null || question.pid !== null) {
    return whyReply(await why(hub, question), question);
  }
  if (question.host === null && question.when === null && !list) return unclearReply(question);
  const page = await hub.deaths({
    host: question.host ?? undefined,
    since: question.when?.from,
    until: question.when?.until,
    limit: listedDeaths,
  });
  return listReply(question, page);
}

/** Asks the hub; when the nearest death is outside of the time in question, tries one inside. */
export async function why(hub: HubClient, question: Question): Promise<WhyResult> {
  const query = (at: string | undefined) => ({
    ...(question.process === null ? {} : { process: question.process }),
    ...(question.pid === null ? {} : { pid: question.pid }),
    ...(question.host === null ? {} : { host: question.host }),
    ...(at === undefined ? {} : { at }),
  });
  const result = await hub.why(query(question.when?.at));
  if (!result.found || !question.when || within(result.answer.death.diedAt, question.when)) {
    return result;
  }
  const { when } = question;
  const inside = result.answer.others?.find((other) => within(other.diedAt, when));
  return inside ? hub.why(query(inside.diedAt)) : result;
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
  // Agents' and askers' clocks differ by some seconds.
  const slackMs = 60_000;
  return at >= Date.parse(when.from) - slackMs && at <= Date.parse(when.until) + slackMs;
}
