import { setTimeout as sleep } from 'node:timers/promises';
import { type Pace, pace } from './pace.ts';
import { refusalOf } from './refusal.ts';

/** chat.postMessage: about 1/s a channel, with short bursts. */
const postBurst = 4;
const postEveryMs = 1000;
/** chat.update is tier 3, 50/min a workspace. */
const updateBurst = 5;
const updateEveryMs = 1200;
const firstBackoffMs = 500;
const longestBackoffMs = 30_000;

export type CallKind = 'post' | 'update';

export type Priority = 'answer' | 'evidence' | 'alert' | 'occurrences';

/**
 * Who goes first in a channel: a person waits for an answer, and can read it while evidence comes; a
 * new incident before the news of an old one, and its card before its thread.
 */
const order = [
  ({ priority }) => priority === 'answer',
  ({ priority }) => priority === 'evidence',
  ({ priority, kind }) => priority === 'alert' && kind === 'post',
  ({ priority, kind }) => priority === 'alert' && kind === 'update',
  ({ priority }) => priority === 'occurrences',
] satisfies ((call: Pick<Waiting, 'kind' | 'priority'>) => boolean)[];

/** `attempt` counts from 0; `ambiguous`: an attempt before this one may have been accepted by Slack. */
export type Call<Value> = (attempt: { attempt: number; ambiguous: boolean }) => Promise<Value>;

export interface ChannelQueue {
  /**
   * Runs `call` when its turn has come, by priority; what waits for its pace lets others go. One call
   * a channel at a time. Rate limits are waited for, stumbles of Slack are repeated for ever; every
   * other error, refused blocks included, rejects and the queue goes on.
   */
  run<Value>(
    channel: string,
    kind: CallKind,
    priority: Priority,
    call: Call<Value>,
  ): Promise<Value>;
  /** Calls that wait or are under way. */
  size(): number;
  /** Rejects what waits; calls under way end by themselves. */
  stop(): void;
}

interface Waiting {
  kind: CallKind;
  priority: Priority;
  start: () => Promise<void>;
  reject: (error: Error) => void;
}

interface Channel {
  waiting: Waiting[];
  posts: Pace;
  working: boolean;
  /** Ends a wait: something came in. */
  wake: () => void;
}

export type QueueLog = (event: { channel: string; waitMs: number; reason: string }) => void;

export function channelQueue(log: QueueLog): ChannelQueue {
  const updates = pace(updateBurst, updateEveryMs);
  const channels = new Map<string, Channel>();
  const stopping = new AbortController();
  let size = 0;

  async function work(state: Channel) {
    while (state.waiting.length > 0 && !stopping.signal.aborted) {
      const now = performance.now();
      const waits = { post: state.posts.waitMs(now), update: updates.waitMs(now) };
      const first = firstOf(state.waiting, (kind) => waits[kind] === 0);
      if (first === null) {
        await wait(Math.min(...state.waiting.map(({ kind }) => waits[kind])), state);
        continue;
      }
      const [next] = state.waiting.splice(first, 1);
      (next?.kind === 'update' ? updates : state.posts).take(now);
      await next?.start();
    }
    state.working = false;
  }

  /** Until then, or until something else comes in that need not wait. */
  async function wait(ms: number, state: Channel): Promise<void> {
    const arrival = new AbortController();
    state.wake = () => arrival.abort();
    const signal = AbortSignal.any([stopping.signal, arrival.signal]);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
    state.wake = () => undefined;
  }

  async function persist<Value>(channel: string, call: Call<Value>): Promise<Value> {
    let ambiguous = false;
    for (let attempt = 0; ; attempt++) {
      try {
        return await call({ attempt, ambiguous });
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal?.kind !== 'rate-limited' && refusal?.kind !== 'transient') throw error;
        if (refusal.kind === 'transient') ambiguous ||= refusal.ambiguous;
        const waitMs = refusal.kind === 'rate-limited' ? refusal.waitMs : backoffMs(attempt);
        log({ channel, waitMs, reason: (error as Error).message });
        await sleep(waitMs, undefined, { signal: stopping.signal });
      }
    }
  }

  return {
    run(channel, kind, priority, call) {
      return new Promise((resolve, reject) => {
        if (stopping.signal.aborted) return reject(stopped());
        size += 1;
        const settle = <Value>(done: (value: Value) => void) => {
          return (value: Value) => {
            size -= 1;
            done(value);
          };
        };
        const item: Waiting = {
          kind,
          priority,
          start: () => persist(channel, call).then(settle(resolve), settle(reject)),
          reject: settle(reject),
        };
        // A channel keeps its pace while idle, so it is never forgotten; there are not many.
        const state = channels.get(channel) ?? {
          waiting: [],
          posts: pace(postBurst, postEveryMs),
          working: false,
          wake: () => undefined,
        };
        channels.set(channel, state);
        state.waiting.push(item);
        state.wake();
        if (state.working) return;
        state.working = true;
        void work(state);
      });
    },
    size: () => size,
    stop() {
      stopping.abort(stopped());
      for (const { waiting } of channels.values()) {
        for (const each of waiting.splice(0)) each.reject(stopped());
      }
    },
  };
}

/** Index of the call to make next: of those that may go, the first to come of the highest order. */
function firstOf(waiting: readonly Waiting[], mayGo: (kind: CallKind) => boolean): number | null {
  for (const isOf of order) {
    const index = waiting.findIndex((each) => isOf(each) && mayGo(each.kind));
    if (index >= 0) return index;
  }
  return null;
}

function stopped(): Error {
  return new Error('The bot stops; what was not sent is sent after its next start.');
}

function backoffMs(attempt: number): number {
  const most = Math.min(firstBackoffMs * 2 ** attempt, longestBackoffMs);
  return most * (0.5 + Math.random() / 2);
}
