import type { Answer } from '@coroner/schema/http/answer';
import type { HubClient, WhyResult } from '../hub-client/hub-client.ts';
import { asksForList } from '../question/asks-for-list.ts';
import { fromChinese } from '../question/from-chinese.ts';
import { parseQuestion } from '../question/parse-question.ts';
import { type AskedAt, nothing, type Question, type When } from '../question/question.ts';
import { aboutDeath } from './about/about-death.ts';
import { findTopic } from './about/topic.ts';
import { inContext } from './follow-up.ts';
import { answerReply } from './replies/answer-reply.ts';
import { listReply, notFoundReply, troubleReply, unclearReply } from './replies/other-replies.ts';
import type { Reply } from './reply.ts';
import type { Words } from './words.ts';

const listedDeaths = 8;

/** What the next question in the same thread may refer to. */
export interface Context {
  /** What was asked, as understood. */
  question: Question;
  /** The death that was talked about. */
  deathId: string | null;
}

export interface Turn extends Context {
  reply: Reply;
}

/** One question in plain English → what to say to it. Never rejects: trouble is a Reply too. */
export async function ask(
  hub: HubClient,
  text: string,
  asked: AskedAt,
  previous: Context | null = null,
): Promise<Turn> {
  const english = fromChinese(text);
  const found = findTopic(english);
  const parsed = parseQuestion(english, asked);
  const question = inContext(parsed, english, previous?.question ?? null);
  try {
    const about = found && (await deathOf(hub, found.rest, asked, previous));
    if (found && about) {
      const { id, comm, host } = about.death;
      const reply = await aboutDeath(hub, found.topic, about);
      return { question: { ...nothing, process: comm, host }, deathId: id, reply };
    }
    return { question, ...(await replyTo(hub, question, asksForList(english))) };
  } catch (error) {
    return { question, deathId: previous?.deathId ?? null, reply: troubleReply(error) };
  }
}

/** The death that somebody picked from a list. Never rejects. */
export async function askById(hub: HubClient, id: string): Promise<Turn> {
  try {
    const result = await hub.deathById(id);
    if (!result.found)
      return { question: nothing, deathId: null, reply: notFoundReply(result.problem) };
    const { comm, host } = result.answer.death;
    const question = { ...nothing, process: comm, host };
    return { question, deathId: id, reply: answerReply(result.answer) };
  } catch (error) {
    return { question: nothing, deathId: null, reply: troubleReply(error) };
  }
}

/** The death that a further question is about: the one that it names, or else the one before. */
async function deathOf(
  hub: HubClient,
  text: string,
  asked: AskedAt,
  previous: Context | null,
): Promise<Answer | null> {
  const { question } = parseQuestion(text, asked);
  const named = question.process !== null || question.pid !== null;
  if (!named && !previous?.deathId) return null;
  const result =
    named || !previous?.deathId ? await why(hub, question) : await hub.deathById(previous.deathId);
  return result.found ? result.answer : null;
}

async function replyTo(
  hub: HubClient,
  question: Question,
  list: boolean,
): Promise<Pick<Turn, 'reply' | 'deathId'>> {
  if (question.process !== null || question.pid !== null) {
    const result = await why(hub, question);
    const deathId = result.found ? result.answer.death.id : null;
    return { deathId, reply: whyReply(result, question) };
  }
  if (question.host === null && question.when === null && !list)
    return { deathId: null, reply: unclearReply(question) };
  const page = await hub.deaths({
    host: question.host ?? undefined,
    since: question.when?.from,
    until: question.when?.until,
    limit: listedDeaths,
  });
  return { deathId: null, reply: listReply(question, page) };
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
