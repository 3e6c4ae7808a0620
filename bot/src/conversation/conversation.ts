import type { HubClient } from '@coroner/schema/client/hub-client';
import { asksForList } from '../question/asks-for-list.ts';
import { fromChinese } from '../question/from-chinese.ts';
import { looksLikeHost } from '../question/host-shape.ts';
import { type Parsed, parseQuestion } from '../question/parse-question.ts';
import { type AskedAt, nothing, type Question } from '../question/question.ts';
import { aboutComparison, comparedSpan } from './about/compare.ts';
import { aboutDigest, digestSpan } from './about/digest.ts';
import { furtherReply } from './about/further.ts';
import { aboutHost } from './about/host.ts';
import { findTopic } from './about/topic.ts';
import { deathById } from './find-death.ts';
import { inContext } from './follow-up.ts';
import { answerReply } from './replies/answer-reply.ts';
import {
  listReply,
  notFoundReply,
  troubleReply,
  unclearReply,
  whichHostReply,
} from './replies/other-replies.ts';
import type { Context, Turn } from './turn.ts';
import { why, whyReply } from './why.ts';

const listedDeaths = 8;

/** One question in plain English or Chinese → what to say to it. Never rejects: trouble is a Reply too. */
export async function ask(
  hub: HubClient,
  text: string,
  asked: AskedAt,
  previous: Context | null = null,
): Promise<Turn> {
  const english = fromChinese(text);
  const topic = findTopic(english, asked);
  const parsed = parseQuestion(english, asked);
  const question = inContext(parsed, english, previous?.question ?? null);
  try {
    const span = digestSpan(text);
    if (span)
      return { question: nothing, deathId: null, reply: await aboutDigest(hub, span, asked.now) };
    const compared = comparedSpan(text);
    if (compared) {
      const { host } = parsed.question;
      const reply = await aboutComparison(hub, compared, host, asked);
      return { question: { ...nothing, host }, deathId: null, reply };
    }
    const further = topic && (await furtherReply(hub, topic, asked, previous));
    if (further) return further;
    const ofHost = await hostTurn(hub, parsed, question, previous);
    if (ofHost) return ofHost;
    return await processTurn(hub, question, asksForList(english));
  } catch (error) {
    return { question, deathId: previous?.deathId ?? null, reply: troubleReply(error) };
  }
}

/** The death that somebody picked from a list. Never rejects. */
export async function askById(hub: HubClient, id: string): Promise<Turn> {
  try {
    const result = await deathById(hub, id);
    if (!result.found)
      return { question: nothing, deathId: null, reply: notFoundReply(result.problem) };
    const { comm, host } = result.answer.death;
    const question = { ...nothing, process: comm, host };
    return { question, deathId: id, reply: answerReply(result.answer) };
  } catch (error) {
    return { question: nothing, deathId: null, reply: troubleReply(error) };
  }
}

/** "Why did web-3 crash", "what about web-4": a name that is a host's. Null where it is none. */
async function hostTurn(
  hub: HubClient,
  parsed: Parsed,
  question: Question,
  previous: Context | null,
): Promise<Turn | null> {
  const { process, pid, host } = parsed.question;
  if (parsed.hostItself) {
    const name = host ?? previous?.question.host ?? null;
    const about = name ? await aboutHost(hub, name, question.when) : null;
    if (about) return asTurn(about, question);
    return { question, deathId: null, reply: whichHostReply() };
  }
  if (process === null || pid !== null || host !== null || !looksLikeHost(process)) return null;
  const about = await aboutHost(hub, process, question.when);
  if (!about) return null;
  const same = previous?.question.process;
  // After "why did nginx die on web-3": "what about web-4?" is about nginx there.
  return parsed.followUp && same
    ? processTurn(hub, { ...question, process: same, pid: null, host: about.host }, false)
    : asTurn(about, question);
}

async function processTurn(hub: HubClient, question: Question, list: boolean): Promise<Turn> {
  if (question.process !== null || question.pid !== null) {
    const result = await why(hub, question);
    const isHost =
      !result.found && question.process !== null && question.host === null
        ? await aboutHost(hub, question.process, question.when)
        : null;
    if (isHost) return asTurn(isHost, question);
    const deathId = result.found ? result.answer.death.id : null;
    return { question, deathId, reply: whyReply(result, question) };
  }
  if (question.host === null && question.when === null && !list)
    return { question, deathId: null, reply: unclearReply(question) };
  const page = await hub.call('GET /v1/deaths', {
    query: {
      host: question.host ?? undefined,
      since: question.when?.from,
      until: question.when?.until,
      limit: listedDeaths,
    },
  });
  return { question, deathId: null, reply: listReply(question, page) };
}

function asTurn(
  { host, deathId, reply }: NonNullable<Awaited<ReturnType<typeof aboutHost>>>,
  question: Question,
): Turn {
  return { question: { ...nothing, host, when: question.when }, deathId, reply };
}
