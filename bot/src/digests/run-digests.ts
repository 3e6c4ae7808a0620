import { setTimeout as sleep } from 'node:timers/promises';
import type { HubClient } from '@coroner/schema/client/hub-client';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { digestReply, isQuiet } from '../conversation/replies/digest-reply.ts';
import type { ChannelQueue } from '../slack/post/channel-queue.ts';
import { findOurs } from '../slack/post/find-message.ts';
import { postOnce } from '../slack/post/poster.ts';
import { refusalOf } from '../slack/post/refusal.ts';
import { renderReply } from '../slack/render/render-reply.ts';
import { type DigestSchedule, lastPeriod, lateMs, nextAt, type Period } from './schedule.ts';

const metadataType = 'coroner_digest';
/** Longer than one call of Slack with its timeouts takes. */
const leaseSeconds = 60;
const lookAgainMs = 10_000;

export interface DigestParts {
  client: webApi.WebClient;
  queue: ChannelQueue;
  hub: HubClient;
  holder: string;
  channel: string;
  publicUrl: string | null;
  log: Logger;
}

/** Posts the digests of the schedules into the channel, each once among all bots, until `signal` aborts. */
export async function runDigests(
  parts: DigestParts,
  schedules: readonly DigestSchedule[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all(schedules.map((schedule) => keep(parts, schedule, signal)));
}

/** One that was missed is posted while it is news; the first look is at the start. */
async function keep(parts: DigestParts, schedule: DigestSchedule, signal: AbortSignal) {
  const { kind } = schedule;
  let done = '';
  while (!signal.aborted) {
    const period = lastPeriod(schedule, new Date());
    if (period.to !== done && (await tell(parts, schedule, period, signal))) done = period.to;
    const now = new Date();
    const untilNextMs = nextAt(schedule, now).getTime() - now.getTime();
    const waitMs = Math.min(untilNextMs, lookAgainMs);
    await sleep(Math.max(1, waitMs), undefined, { signal }).catch(() => undefined);
  }
  parts.log.debug({ kind }, 'no more digests');
}

const isLate = ({ kind }: DigestSchedule, { to }: Period): boolean =>
  Date.now() - Date.parse(to) > lateMs[kind];

/** True when nothing is left to do for this period. */
async function tell(
  parts: DigestParts,
  schedule: DigestSchedule,
  period: Period,
  signal: AbortSignal,
): Promise<boolean> {
  const { channel, log } = parts;
  const what = { kind: schedule.kind, channel, ...period };
  try {
    const became = isLate(schedule, period) ? 'late' : await post(parts, schedule, period);
    if (became === 'theirs') return false;
    log.info({ ...what, became }, 'a digest was due');
    return true;
  } catch (error) {
    if (signal.aborted) return true;
    const refusal = refusalOf(error);
    const isRefused = refusal?.kind === 'permanent' || refusal?.kind === 'blocks';
    log[isRefused ? 'error' : 'warn'](
      { ...what, error: String(error) },
      isRefused ? 'Slack refuses a digest: it is left out' : 'no digest yet: trying again',
    );
    return isRefused;
  }
}

type Became = 'posted' | 'quiet' | 'late' | 'told' | 'theirs';

async function post(
  { client, queue, hub, holder, channel, publicUrl, log }: DigestParts,
  schedule: DigestSchedule,
  period: Period,
): Promise<Became> {
  const { kind } = schedule;
  const id = `${kind}:${period.to}`;
  const key = `digest:${channel}:${id}`;
  /** `about` says that somebody was about to post it. */
  const take = async (about?: object) => {
    const { granted, claim } = await hub.call('POST /v1/claims', {
      body: { key, holder, leaseSeconds, about },
    });
    if (claim.value !== null) return 'told';
    return granted ? { suspect: Boolean(claim.about) } : 'theirs';
  };
  const first = await take();
  if (typeof first === 'string') return first;
  const digest = await hub.call('GET /v1/digest', { query: { ...period } });
  if (kind === 'daily' && isQuiet(digest)) {
    await hub.call('PUT /v1/claims', { body: { key, holder, value: { quiet: true } } });
    return 'quiet';
  }
  const message = renderReply(digestReply(digest), publicUrl);
  return queue.run(channel, 'post', 'alert', async (): Promise<Became> => {
    const taken = await take();
    if (typeof taken === 'string') return taken;
    if (isLate(schedule, period)) return 'late';
    const metadata = { event_type: metadataType, event_payload: { digest: id } };
    const where = { channel, sinceMs: Date.parse(period.to) };
    const there = taken.suspect ? await findOurs(client, where, metadata, log) : null;
    await take({ sending: true });
    const posted = there ?? (await postOnce(client, channel, message, { metadata }));
    await hub.call('PUT /v1/claims', { body: { key, holder, value: posted } });
    return 'posted';
  });
}
