import type { HubClient } from '@coroner/schema/client/hub-client';
import type { DeathRow, HostRow } from '@coroner/schema/http/pages';
import type { When } from '../../question/question.ts';
import { deathById } from '../find-death.ts';
import { answerReply } from '../replies/answer-reply.ts';
import { type Fact, type Reply, reply } from '../reply.ts';
import { sentence, type Words } from '../words.ts';

/** The hub keeps the death of a host as a death without a pid and of this name. */
const hostComm = 'host';
const mostDeaths = 20;
const shownDeaths = 5;
/** A crash is told by the boot after it, so it is never long before that. */
const sameBootMs = 24 * 3_600_000;

export interface AboutHost {
  host: string;
  deathId: string | null;
  reply: Reply;
}

/**
 * "Why did web-3 crash", "is web-3 down": the death of the host itself, and what is known of its
 * state. Null where no such host is known. Rejects with the client's HubError alone.
 */
export async function aboutHost(
  hub: HubClient,
  name: string,
  when: When | null,
): Promise<AboutHost | null> {
  const known = await hub.call('GET /v1/hosts', { query: { host: name, limit: 1 } });
  const [row = null] = known.items;
  const host = row?.host ?? name;
  const span = { since: when?.from, until: when?.until };
  const [ends, others] = await Promise.all([
    hub.call('GET /v1/deaths', { query: { host, process: hostComm, ...span, limit: mostDeaths } }),
    hub.call('GET /v1/deaths', { query: { host, ...span, limit: mostDeaths } }),
  ]);
  if (row === null && others.items.length === 0) return null;
  const crashes = ends.items.filter(isOfHost);
  const [crash] = crashes;
  const choices = others.items.filter((death) => !isOfHost(death)).slice(0, shownDeaths);
  const result = crash && isMeant(crash, row, when) ? await deathById(hub, crash.id) : null;
  if (result?.found) {
    const answer = answerReply(result.answer);
    const facts = [...answer.facts, ...factsOf(row, false)];
    const shown = { choices, choicesTitle: 'Processes that died there' };
    return {
      host,
      deathId: result.answer.death.id,
      reply: { ...answer, verdictOf: null, facts, ...shown },
    };
  }
  const said = row?.state?.text ?? `no agent has reported from ${host}`;
  return {
    host,
    deathId: null,
    reply: reply({
      tone: 'answered',
      headline: sentence(said.startsWith(host) ? `${said}.` : asSentence(said)),
      note: noteOf(when, host, row),
      facts: factsOf(row, true),
      choices: [...crashes.slice(0, 1), ...choices],
      choicesTitle: 'Deaths there, newest first',
      pages: [{ kind: 'hosts', id: host, title: 'Its day' }],
    }),
  };
}

const isOfHost = ({ comm, pid }: DeathRow) => comm === hostComm && pid === 0;

/** Without a time, the crash before the last boot is meant, and not one of last year. */
function isMeant(crash: DeathRow, row: HostRow | null, when: When | null): boolean {
  if (when || row?.state?.state !== 'up') return true;
  const { lastBoot } = row.state;
  if (!lastBoot) return true;
  if (lastBoot.how !== 'crashed') return false;
  return Math.abs(Date.parse(lastBoot.at) - Date.parse(crash.diedAt)) <= sameBootMs;
}

/** `stated`: the headline is the state itself. */
function factsOf(row: HostRow | null, stated: boolean): Fact[] {
  if (!row) return [];
  const { state, lastSeenAt } = row;
  const seen: Words = lastSeenAt ? [{ at: lastSeenAt }] : ['never: its logs alone are known'];
  const facts: (Fact | null)[] = [
    state && !stated ? { label: 'Now', words: sentence(state.text) } : null,
    state?.lastBoot && state.lastBoot.text !== state.text
      ? { label: 'Last boot', words: sentence(state.lastBoot.text) }
      : null,
    state?.lastSilence ? { label: 'Last silence', words: sentence(state.lastSilence.text) } : null,
    { label: 'Last heard', words: seen },
  ];
  return facts.filter((fact) => fact !== null);
}

function noteOf(when: When | null, host: string, row: HostRow | null): Words | null {
  if (when) return [`No crash of ${host} itself is recorded for "${when.phrase}".`];
  return row?.state?.state === 'up' ? null : ['Silence alone does not say that a host crashed.'];
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
