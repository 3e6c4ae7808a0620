import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Digest } from '@coroner/schema/http/digest';
import { digestReply } from '../replies/digest-reply.ts';
import type { Reply } from '../reply.ts';

const dayMs = 86_400_000;
const days = { day: 1, week: 7 } as const;
export type DigestSpan = keyof typeof days;

/** "digest", "weekly digest", "周报": which; null where the text is anything else. */
export function digestSpan(text: string): DigestSpan | null {
  if (/^\W*(?:日报|每日摘要)\W*$/u.test(text)) return 'day';
  if (/^\W*(?:周报|每周摘要)\W*$/u.test(text)) return 'week';
  const asked =
    /^\W*(?:(?:show|give)(?: me)? )?(?:the |a )?(?:(daily|weekly) )?digest(?: (?:of |for )?(?:the |this |last )?(day|daily|week|weekly))?\W*$/i.exec(
      text.trim(),
    );
  if (!asked) return null;
  return /^week/i.test(asked[1] ?? asked[2] ?? '') ? 'week' : 'day';
}

/** Up to `now`. Rejects with HubError alone. */
export function askDigest(hub: HubClient, span: DigestSpan, now: Date): Promise<Digest> {
  const from = new Date(now.getTime() - days[span] * dayMs).toISOString();
  return hub.call('GET /v1/digest', { query: { from, to: now.toISOString() } });
}

export async function aboutDigest(hub: HubClient, span: DigestSpan, now: Date): Promise<Reply> {
  return digestReply(await askDigest(hub, span, now));
}
