import { setTimeout as sleep } from 'node:timers/promises';
import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Alert } from '@coroner/schema/wire/alert';
import type { webApi } from '@slack/bolt';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ChannelQueue } from '../../slack/post/channel-queue.ts';
import { findOurs } from '../../slack/post/find-message.ts';
import type { Posted } from '../../slack/post/posted.ts';
import { postOnce } from '../../slack/post/poster.ts';
import { refusalOf } from '../../slack/post/refusal.ts';
import type { SlackMessage } from '../../slack/render/blocks.ts';
import { renderOccurrences } from '../../slack/render/render-occurrences.ts';
import { growthSince, Told, toldBy } from './growth.ts';

const keyPrefix = 'grown:';
const metadataType = 'coroner_occurrences';
/** Longer than one call of Slack with its timeouts takes. */
const leaseSeconds = 60;
const msPerSecond = 1000;
const longestPaceMs = 1_800_000;
const retryMs = 5_000;
const adoptEveryMs = 10_000;
const rememberedIncidents = 10_000;

/** What stands at the hub once a line is in the thread; the next one tells what came after it. */
const Line = z.object({ told: Told, atMs: z.number() });
type Line = z.infer<typeof Line>;

/** All that another bot needs to go on with a line. */
const About = z.object({
  incidentId: z.string(),
  channel: z.string(),
  ts: z.string(),
  /** How much is told once it arrives; it may have. */
  sending: Told.optional(),
});
type About = z.infer<typeof About>;

/** An incident whose thread is looked after here. */
interface Telling {
  about: About;
  /** The newest that its card was seen to show; null where only the stream knows. */
  known: Alert | null;
  /** Another state came meanwhile. */
  again: boolean;
}

export interface Occurrences {
  /** The incident's card shows this state: what it grew by since is told in its thread, in time. */
  note(alert: Alert, card: Posted): void;
}

export interface OccurrenceParts {
  client: webApi.WebClient;
  queue: ChannelQueue;
  hub: HubClient;
  holder: string;
  /** The newest state that the stream holds; null when it cannot tell. */
  newest(incidentId: string): Promise<Alert | null>;
  /** Between the first two lines of a thread, ms; doubles with each. 0: nothing is told. */
  paceMs: number;
  log: Logger;
}

/**
 * Lines about what an incident grew by, in the thread of its card. The claims of one incident are
 * numbered, each with how much was told by then, so that whichever bot takes the next one goes on there;
 * one that a bot left is taken over, and looked for in the thread before it is posted.
 */
export function tellOccurrences(parts: OccurrenceParts, signal: AbortSignal): Occurrences {
  const { client, queue, hub, holder, newest, paceMs, log } = parts;
  const running = new Map<string, Telling>();
  /** The number of the last line that is known of each incident and channel. */
  const lines = new Map<string, { number: number; line: Line }>();

  const seriesOf = ({ incidentId, channel }: About) => `${keyPrefix}${incidentId}:${channel}`;

  function remember(series: string, number: number, line: Line): void {
    lines.delete(series);
    lines.set(series, { number, line });
    const oldest = lines.size > rememberedIncidents ? lines.keys().next().value : undefined;
    if (oldest !== undefined) lines.delete(oldest);
  }

  /** Takes a line: it is told already, another bot's, or ours; with what may have been sent already. */
  async function take(about: About, number: number, lease: number) {
    const asked = { key: `${seriesOf(about)}:${number}`, holder, leaseSeconds: lease };
    const { granted, claim } = await hub.call('POST /v1/claims', { body: asked });
    const line = Line.safeParse(claim.value);
    if (line.success) {
      remember(seriesOf(about), number, line.data);
      return 'told';
    }
    if (!granted) return 'theirs';
    const left = About.safeParse(claim.about);
    if (!left.success) await hub.call('POST /v1/claims', { body: { ...asked, about } });
    return { sent: left.data?.sending ?? null };
  }

  async function done(about: About, number: number, line: Line): Promise<void> {
    const key = `${seriesOf(about)}:${number}`;
    await hub.call('PUT /v1/claims', { body: { key, holder, value: line } });
    remember(seriesOf(about), number, line);
  }

  /** True when there may be more to tell. */
  async function step(telling: Telling): Promise<boolean> {
    const { about } = telling;
    const state = () => newest(about.incidentId).then((read) => newer(read, telling.known));
    const alert = await state();
    if (!alert) return false;
    const last = lines.get(seriesOf(about));
    if (!last) {
      // Line 0 is the card.
      const first = await take(about, 0, leaseSeconds);
      if (first === 'theirs') return false;
      const shown = telling.known ?? alert;
      if (first !== 'told') await done(about, 0, { told: toldBy(shown), atMs: Date.now() });
      return true;
    }
    const { number, line } = last;
    if (growthSince(line.told, alert) === null) return false;
    const distanceMs = Math.min(paceMs * 2 ** number, longestPaceMs);
    // The clock may have been set since that line, or be another bot's.
    const waitMs = Math.min(Math.max(0, line.atMs + distanceMs - Date.now()), distanceMs);
    const taken = await take(about, number + 1, leaseSeconds + Math.ceil(waitMs / msPerSecond));
    if (taken === 'told') return true;
    if (taken === 'theirs') return false;
    await sleep(waitMs, undefined, { signal });
    await queue.run(about.channel, 'post', 'occurrences', async () => {
      // Its turn may have come late: the claim has to be ours still, and the state is newer.
      const now = (await state()) ?? alert;
      const growth = growthSince(line.told, now);
      const again = await take(about, number + 1, leaseSeconds);
      if (again === 'told' || again === 'theirs') return;
      let told = again.sent && (await find(about, number + 1)) ? again.sent : null;
      if (told === null && growth !== null) {
        told = toldBy(now);
        await send(about, number + 1, told, renderOccurrences(growth, now));
      }
      await done(about, number + 1, { told: told ?? line.told, atMs: Date.now() });
    });
    return true;
  }

  const metadataOf = ({ incidentId }: About, number: number) => ({
    event_type: metadataType,
    event_payload: { incident: incidentId, number },
  });

  const find = (about: About, number: number) =>
    findOurs(
      client,
      { channel: about.channel, threadTs: about.ts },
      metadataOf(about, number),
      log,
    );

  /** Whoever takes it over has to know how much the line said that may be there. */
  async function send(about: About, number: number, sending: Told, message: SlackMessage) {
    const { incidentId, channel, ts } = about;
    const key = `${seriesOf(about)}:${number}`;
    await hub.call('POST /v1/claims', {
      body: { key, holder, leaseSeconds, about: { ...about, sending } },
    });
    const metadata = metadataOf(about, number);
    try {
      await postOnce(client, channel, message, { thread_ts: ts, metadata });
    } catch (error) {
      // The card is gone, or nobody may write there: its state is told by the card alone.
      if (refusalOf(error)?.kind !== 'permanent') throw error;
      log.warn(
        { incidentId, channel, error: String(error) },
        'what came is not told in the thread',
      );
    }
  }

  async function tell(about: About, known: Alert | null): Promise<void> {
    const series = seriesOf(about);
    const under = running.get(series);
    if (under) {
      Object.assign(under, { about, known: newer(under.known, known), again: true });
      return;
    }
    const telling: Telling = { about, known, again: true };
    running.set(series, telling);
    while (telling.again && !signal.aborted) {
      telling.again = false;
      try {
        if (await step(telling)) telling.again = true;
      } catch (error) {
        if (signal.aborted) return;
        log.debug({ series, error: String(error) }, 'a line of a thread waits: trying again');
        telling.again = true;
        await sleep(retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
    running.delete(series);
  }

  async function adopt(): Promise<void> {
    while (!signal.aborted) {
      try {
        for (const { about } of (
          await hub.call('GET /v1/claims/open', { query: { prefix: keyPrefix } })
        ).items) {
          const left = About.safeParse(about);
          if (!left.success) continue;
          const { sending: _, ...of } = left.data;
          void tell(of, null);
        }
      } catch (error) {
        log.debug({ error: String(error) }, 'lines that other bots left are not known');
      }
      await sleep(adoptEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }
  if (paceMs > 0) void adopt();

  return {
    note(alert, { channel, ts }) {
      if (paceMs > 0) void tell({ incidentId: alert.incidentId, channel, ts }, alert);
    },
  };
}

const newer = (a: Alert | null, b: Alert | null): Alert | null =>
  !a || (b && b.revision > a.revision) ? b : a;
