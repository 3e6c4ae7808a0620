import { z } from 'zod';
import { metadataType as cardType } from '../../alerts/find-posted.ts';
import type { Context } from '../../conversation/turn.ts';
import type { Metadata } from '../post/posted.ts';

/** Message metadata by which an answer says what it was about: survives restarts, and serves every bot. */
const contextType = 'coroner_context';

const Kept = z.object({
  deathId: z.string().nullable(),
  process: z.string().nullable(),
  pid: z.number().nullable(),
  host: z.string().nullable(),
});

/** What a question was about, without its time: that was said in words of then. */
export function metadataOf({ question, deathId }: Context): Metadata {
  const { process, pid, host } = question;
  return { event_type: contextType, event_payload: { deathId, process, pid, host } };
}

/** What the newest message that says so was about: an answer's context, or the incident of a card. */
export function contextIn(
  messages: readonly { ts?: string; metadata?: unknown }[],
): { context: Context } | { incidentId: string } | null {
  const newestFirst = [...messages].sort((a, b) => Number(b.ts ?? 0) - Number(a.ts ?? 0));
  for (const { metadata } of newestFirst) {
    const found = z
      .object({ event_type: z.string(), event_payload: z.looseObject({}) })
      .safeParse(metadata);
    if (!found.success) continue;
    const { event_type: type, event_payload: payload } = found.data;
    const kept = type === contextType ? Kept.safeParse(payload) : null;
    if (kept?.success) {
      const { deathId, ...named } = kept.data;
      return { context: { question: { ...named, when: null }, deathId } };
    }
    if (type === cardType && typeof payload['incident'] === 'string')
      return { incidentId: payload['incident'] };
  }
  return null;
}
