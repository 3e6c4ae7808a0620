import type { Answer } from '@coroner/schema/http/answer';
import { TimelinePage } from '@coroner/schema/http/timeline';
import type { HubClient } from '../../hub-client/hub-client.ts';
import { type Reply, reply } from '../reply.ts';
import { spanAround } from './around-then.ts';

const minuteMs = 60_000;
const beforeMs = 5 * minuteMs;
const mostItems = 30;

/** "What else happened?": the host's day in the minutes around the death. */
export async function whatElse(hub: HubClient, { death }: Answer): Promise<Reply> {
  const { host, diedAt, id } = death;
  const span = spanAround(diedAt, beforeMs, minuteMs);
  const query = { ...span, order: 'desc', limit: mostItems };
  const path = `v1/hosts/${encodeURIComponent(host)}/timeline`;
  const { items, next } = await hub.get(path, query, TimelinePage);
  const others = items.filter((item) => item.id !== id);
  const when = ['on ', { code: host }, ' in the five minutes before ', { at: diedAt }] as const;
  if (others.length === 0)
    return reply({ tone: 'answered', headline: ['Nothing else is recorded ', ...when, '.'] });
  return reply({
    tone: 'answered',
    headline: [`${next ? 'The last ' : ''}${others.length} other things `, ...when, ':'],
    evidence: others.reverse().map(({ at, kind, text }) => ({ at, source: kind, text })),
  });
}
