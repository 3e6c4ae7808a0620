import type { HubClient } from '@coroner/schema/client/hub-client';
import type { AlertFacts } from '../question/alert/from-alert.ts';
import { nothing, type When } from '../question/question.ts';
import { aboutHost } from './about/host.ts';
import { listReply, troubleReply } from './replies/other-replies.ts';
import { type Reply, reply } from './reply.ts';
import type { Turn } from './turn.ts';
import { why, whyReply } from './why.ts';
import type { Words } from './words.ts';

const minuteMs = 60_000;
/** Monitors tell of a death after it: seconds to an hour. */
const beforeMs = 60 * minuteMs;
const afterMs = 5 * minuteMs;
/** Where it is not known what died: what did around then. */
const aroundMs = 15 * minuteMs;
const listedDeaths = 8;

/**
 * "Why did this die?" about somebody else's alert, written at `at`: the death that it tells of, else
 * the deaths of its host around then, else those of the fleet. Never rejects, and never says nothing.
 */
export async function askAboutAlert(hub: HubClient, facts: AlertFacts, at: string): Promise<Turn> {
  const when = span(at, beforeMs, afterMs);
  const question = { ...nothing, ...facts, when };
  try {
    if (facts.process === null && facts.pid === null) return await around(hub, facts, at);
    const result = await why(hub, question);
    if (!result.found && facts.host !== null) return await around(hub, facts, at);
    const deathId = result.found ? result.answer.death.id : null;
    return { question, deathId, reply: whyReply(result, question) };
  } catch (error) {
    return { question, deathId: null, reply: troubleReply(error) };
  }
}

async function around(hub: HubClient, facts: AlertFacts, at: string): Promise<Turn> {
  const { process, host } = facts;
  const when = span(at, aroundMs, aroundMs);
  const question = { ...nothing, ...facts, when };
  const ofHost = process === null && host ? await aboutHost(hub, host, when) : null;
  if (ofHost?.deathId) return { question, deathId: ofHost.deathId, reply: ofHost.reply };
  const page = await hub.call('GET /v1/deaths', {
    query: {
      host: host ?? undefined,
      since: when.from,
      until: when.until,
      limit: listedDeaths,
    },
  });
  const listed = page.items.length > 0 ? listReply({ ...question, process: null }, page) : null;
  return { question, deathId: null, reply: explained(facts, listed, at) };
}

/** What was read in the message, so that a person sees what to ask instead. */
function explained({ process, pid, host }: AlertFacts, listed: Reply | null, at: string): Reply {
  const there: Words = host ? [' on ', { code: host }] : [];
  const who: Words =
    process === null && pid === null
      ? ['That message names no process that I know how to read. ']
      : ['No death of ', { code: process ?? `pid ${pid}` }, ...there, ' is recorded. '];
  const within: Words = [...there, ' within 15 minutes of ', { at }];
  if (!listed)
    return reply({
      tone: 'not-found',
      headline: [...who, 'Nothing else died', ...within, ' either.'],
      examples: ['why did nginx die on web-3?'],
    });
  return { ...listed, headline: [...who, 'Deaths', ...within, ':'] };
}

function span(at: string, before: number, after: number): When {
  const ms = Date.parse(at);
  return {
    at: new Date(ms).toISOString(),
    from: new Date(ms - before).toISOString(),
    until: new Date(ms + after).toISOString(),
    phrase: 'the time of that message',
  };
}
