import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HubClient } from '@coroner/schema/client/hub-client';
import type { Logger } from 'pino';
import { deathById } from '../../conversation/find-death.ts';
import { answerReply } from '../../conversation/replies/answer-reply.ts';
import type { Reply } from '../../conversation/reply.ts';
import { nothing } from '../../question/question.ts';
import { metadataOf } from '../listen/thread-metadata.ts';
import type { Posted } from '../post/posted.ts';
import type { Poster } from '../post/poster.ts';
import { refusalOf } from '../post/refusal.ts';
import type { SlackMessage } from '../render/blocks.ts';
import { renderEvidence, renderNoEvidence } from '../render/render-evidence.ts';
import { renderReply, underQuestion } from '../render/render-reply.ts';
import { Followed, fingerprint, provenBy, saidIn } from './followed.ts';
import { laterReply, withdrawnReply } from './later-reply.ts';

/** Evidence of an end is there within minutes: logs that were rotated, a host that comes back. */
const followMs = 30 * 60_000;
const firstWaitMs = 2_000;
const longestWaitMs = 30_000;
const growth = 1.5;
/** Whoever is gone for so long has left it to the others. */
const leaseSeconds = 90;
const adoptEveryMs = 10_000;
const mostFollowed = 500;
const keyPrefix = 'answer:';

/** Keeps verdicts in Slack true while evidence still comes in. */
export interface FollowAnswers {
  /**
   * `asked` is what stands above it, `threadTs` the thread that it is in; a reply that is no verdict of
   * one death is left alone.
   */
  begin(posted: Posted, reply: Reply, more?: { asked?: string; threadTs?: string }): void;
  /** The evidence of an answer stands there: it is kept true with it. */
  proven(answer: Posted, evidence: Posted): void;
}

export interface FollowParts {
  hub: HubClient;
  poster: Poster;
  holder: string;
  publicUrl: string | null;
  log: Logger;
}

const keyOf = ({ channel, ts }: Posted) => `${keyPrefix}${channel}:${ts}`;
/** Long replies need not be stored to be compared. */
const hash = (text: string) =>
  text && createHash('sha256').update(text).digest('base64url').slice(0, 22);

/**
 * Looks at each answer's death again, with growing waits, for half an hour, and edits the answer when
 * a reader would see a difference. Which answers are followed, and how they look, stands in the claims
 * of the hub: what a bot leaves when it ends, the next or another one goes on with.
 */
export function followAnswers(
  { hub, poster, holder, publicUrl, log }: FollowParts,
  signal: AbortSignal,
): FollowAnswers {
  const running = new Map<string, Followed>();

  /** False: another bot follows it, or it is done. */
  async function claimed(followed: Followed): Promise<boolean> {
    const key = keyOf(followed);
    const { granted, claim } = await hub.call('POST /v1/claims', {
      body: { key, holder, leaseSeconds, about: followed },
    });
    return granted && claim.value === null;
  }

  /** True when nothing more can come. */
  async function look(followed: Followed): Promise<boolean> {
    const found = await deathById(hub, followed.deathId);
    const now = found.found ? answerReply(found.answer) : null;
    const later = now ? laterReply(followed, now) : withdrawnReply(followed);
    const proven = await prove(followed, now);
    const shown = hash(fingerprint(now ?? later));
    if (shown === followed.shown) {
      if (proven) await claimed(followed);
      return false;
    }
    const question = found.found
      ? { ...nothing, process: found.answer.death.comm, host: found.answer.death.host }
      : nothing;
    const context = { question, deathId: now ? followed.deathId : null };
    const message = underQuestion(renderReply(later, publicUrl), followed.asked);
    await poster.replace(followed, message, metadataOf(context));
    followed.shown = shown;
    log.info({ channel: followed.channel, deathId: followed.deathId }, 'an answer was edited');
    // The next look comes soon: evidence seldom comes alone.
    return now === null || !(await claimed(followed));
  }

  /** Renews the evidence below an answer. True when it did. */
  async function prove(followed: Followed, now: Reply | null): Promise<boolean> {
    const proven = now ? hash(provenBy(now)) : '';
    if (proven === followed.proven) return false;
    const message: SlackMessage = (now && renderEvidence(now)) ?? renderNoEvidence(now === null);
    const { evidence, channel, ts, threadTs } = followed;
    if (evidence) await poster.replace(evidence, message);
    else if (followed.proven === '')
      followed.evidence = await poster.post(channel, message, {
        ...{ threadTs: threadTs ?? ts, priority: 'evidence' },
      });
    // The first is still on its way: the next look finds it.
    else return false;
    followed.proven = proven;
    return true;
  }

  async function follow(followed: Followed): Promise<void> {
    const key = keyOf(followed);
    if (running.has(key) || running.size >= mostFollowed) return;
    running.set(key, followed);
    let waitMs = firstWaitMs;
    try {
      while (Date.now() < followed.untilMs) {
        if (!(await persistently(() => claimed(followed)))) return;
        await sleep(waitMs, undefined, { signal });
        const before = followed.shown;
        if (await persistently(() => look(followed))) break;
        waitMs = followed.shown === before ? Math.min(waitMs * growth, longestWaitMs) : firstWaitMs;
      }
      await hub.call('PUT /v1/claims', {
        body: { key, holder, value: { ended: new Date().toISOString() } },
      });
    } catch (error) {
      if (!signal.aborted) log.warn({ key, error: String(error) }, 'an answer is followed no more');
    } finally {
      running.delete(key);
    }
  }

  /** While the hub is away it is asked again; what Slack refuses for good ends it. */
  async function persistently(work: () => Promise<boolean>): Promise<boolean> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted || refusalOf(error)) throw error;
        log.debug({ error: String(error) }, 'an answer cannot be looked at: trying again');
        await sleep(longestWaitMs, undefined, { signal });
      }
    }
  }

  async function adopt(): Promise<void> {
    while (!signal.aborted) {
      try {
        for (const { about } of (
          await hub.call('GET /v1/claims/open', { query: { prefix: keyPrefix } })
        ).items) {
          const left = Followed.safeParse(about);
          if (left.success) void follow(left.data);
        }
      } catch (error) {
        log.debug({ error: String(error) }, 'what other bots followed is not known');
      }
      await sleep(adoptEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }
  void adopt();

  return {
    begin({ channel, ts }, reply, { asked, threadTs } = {}) {
      if (reply.verdictOf === null) return;
      const { note, choices, choicesTitle, verdictOf: deathId } = reply;
      void follow({
        channel,
        ts,
        deathId,
        untilMs: Date.now() + followMs,
        said: saidIn(reply),
        shown: hash(fingerprint(reply)),
        threadTs: threadTs ?? null,
        evidence: null,
        proven: hash(provenBy(reply)),
        note: note && [...note],
        choices: choices.map((each) => ({ ...each })),
        choicesTitle,
        asked: asked ?? null,
      });
    },
    proven(answer, { channel, ts }) {
      const followed = running.get(keyOf(answer));
      if (!followed) return;
      followed.evidence = { channel, ts };
      // Told to the hub at once, for whoever may have to go on; the next look tells it anyway.
      claimed(followed).catch((error: unknown) =>
        log.debug({ error: String(error) }, 'where the evidence stands is not noted yet'),
      );
    },
  };
}
