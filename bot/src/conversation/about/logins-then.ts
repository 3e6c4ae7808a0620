import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Session } from '@coroner/schema/http/logins';
import { type Fact, type Reply, reply } from '../reply.ts';
import { joined, type Words } from '../words.ts';
import type { Moment } from './moment.ts';

const mostSessions = 20;

/** "Who else was logged in?": the sessions that were open when it died. */
export async function loginsThen(hub: HubClient, { host, at: then, gaps }: Moment): Promise<Reply> {
  const query = { host, at: then, limit: mostSessions };
  const { items, next } = await hub.call('GET /v1/logins', { query });
  const when: Words = ['on ', { code: host }, ' at ', { at: then }];
  if (items.length === 0)
    return reply({
      tone: 'answered',
      headline: ['No login that was open ', ...when, ' is recorded.'],
      gaps,
    });
  const count = items.length === 1 ? 'One session was' : `${items.length} sessions were`;
  return reply({
    tone: 'answered',
    headline: [`${count} open `, ...when, next ? ', and more.' : '.'],
    facts: items.map(sessionFact),
  });
}

function sessionFact(session: Session): Fact {
  return {
    label: session.user ?? 'unknown user',
    words: joined([
      session.from ? ['from ', { code: session.from }] : null,
      session.tty ? [{ code: session.tty }] : null,
      session.service ? [session.service] : null,
      ['since ', { at: session.start }],
      session.end ? ['until ', { at: session.end }] : ['still open'],
    ]),
  };
}
