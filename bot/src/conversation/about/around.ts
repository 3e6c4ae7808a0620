import type { HubClient } from '@coroner/schema/client/hub-client';
import { type Picture, type Reply, reply } from '../reply.ts';
import { spanAround } from './around-then.ts';
import type { Moment } from './moment.ts';

const minuteMs = 60_000;
const beforeMs = 5 * minuteMs;
const mostItems = 30;

/** "What else happened?": the host's day in the minutes around it. */
export async function whatElse(
  hub: HubClient,
  { host, at: then, deathId, incidentId = null }: Moment,
): Promise<Reply> {
  const span = spanAround(then, beforeMs, minuteMs);
  const query = { ...span, order: 'desc', limit: mostItems } as const;
  const { items, next } = await hub.call('GET /v1/hosts/{host}/timeline', {
    path: { host },
    query,
  });
  const others = items.filter(({ id }) => id !== deathId);
  const when = ['on ', { code: host }, ' in the five minutes before ', { at: then }] as const;
  if (others.length === 0)
    return reply({ tone: 'answered', headline: ['Nothing else is recorded ', ...when, '.'] });
  return reply({
    tone: 'answered',
    headline: [`${next ? 'The last ' : ''}${others.length} other things `, ...when, ':'],
    picture: incidentId === null ? null : timelinePicture(incidentId, host),
    evidence: others.reverse().map(({ at, kind, text }) => ({ at, source: kind, text })),
  });
}

const timelinePicture = (id: string, host: string): Picture => ({
  of: { kind: 'incidents', id, title: `What happened around it on ${host} and the other hosts` },
  name: 'timeline.png',
  alt: `What happened around the incident on ${host} and its other hosts, on one axis of time; the messages beside it say it in words`,
});
