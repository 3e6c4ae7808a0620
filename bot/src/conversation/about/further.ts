import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Answer } from '@coroner/schema/http/answer';
import { parseQuestion } from '../../question/parse-question.ts';
import { type AskedAt, nothing, type Question } from '../../question/question.ts';
import { deathById } from '../find-death.ts';
import type { Context, Turn } from '../turn.ts';
import { why } from '../why.ts';
import { aboutDeath, aboutMoment, isOfMoment } from './about-death.ts';
import type { FoundTopic } from './topic.ts';

/**
 * A further question: about the death that it names, or the one before, elsewhere or at another time
 * if it says so. Null where it is about none. Rejects with the client's HubError alone.
 */
export async function furtherReply(
  hub: HubClient,
  { topic, rest }: FoundTopic,
  asked: AskedAt,
  previous: Context | null,
): Promise<Turn | null> {
  const { question } = parseQuestion(rest, asked);
  const named = question.process !== null || question.pid !== null;
  const elsewhere = question.host !== null || question.when !== null;
  const before = previous?.deathId && !named ? await byId(hub, previous.deathId) : null;
  if (isOfMoment(topic) && !named && elsewhere) {
    const host = question.host ?? before?.death.host ?? previous?.question.host;
    if (!host) return null;
    const at = question.when?.at ?? before?.death.diedAt ?? asked.now.toISOString();
    const reply = await aboutMoment(hub, topic, { host, at, deathId: null, gaps: [] });
    return { ...(previous ?? { question: { ...nothing, host }, deathId: null }), reply };
  }
  const answer = elsewhere || named ? await found(hub, question, before) : before;
  if (!answer) return null;
  const { id, comm, host } = answer.death;
  const reply = await aboutDeath(hub, topic, answer);
  return { question: { ...nothing, process: comm, host }, deathId: id, reply };
}

/** What a question leaves open is taken from the death before. */
async function found(
  hub: HubClient,
  { process, pid, host, when }: Question,
  before: Answer | null,
): Promise<Answer | null> {
  const name = process ?? (pid === null ? (before?.death.comm ?? null) : null);
  if (name === null && pid === null) return null;
  const result = await why(hub, { process: name, pid, host, when });
  return result.found ? result.answer : null;
}

async function byId(hub: HubClient, id: string): Promise<Answer | null> {
  const result = await deathById(hub, id);
  return result.found ? result.answer : null;
}
