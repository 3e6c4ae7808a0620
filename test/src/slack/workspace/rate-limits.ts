const minuteMs = 60_000;

/** Calls a minute of Slack's tiers. */
const tierOf: Record<string, number> = {
  'conversations.list': 20,
  'chat.update': 50,
  'chat.delete': 50,
  'reactions.add': 50,
  'conversations.replies': 50,
  'conversations.history': 50,
  'conversations.open': 50,
  'conversations.info': 50,
  'chat.postEphemeral': 100,
  'users.info': 100,
  'views.publish': 100,
  'views.open': 100,
  'auth.test': 600,
};
const otherTier = 100;

export interface PostLimit {
  /** Messages that a channel takes at once. */
  burst: number;
  /** Then one each this many ms. */
  everyMs: number;
}

/** Slack's limits: about one message a second and channel, a tier for every other method. */
export function rateLimits(post: PostLimit) {
  const buckets = new Map<string, { tokens: number; atMs: number }>();

  function take(key: string, burst: number, everyMs: number): number {
    const nowMs = Date.now();
    const bucket = buckets.get(key) ?? { tokens: burst, atMs: nowMs };
    bucket.tokens = Math.min(burst, bucket.tokens + (nowMs - bucket.atMs) / everyMs);
    bucket.atMs = nowMs;
    buckets.set(key, bucket);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil(((1 - bucket.tokens) * everyMs) / 1000));
  }

  /** 0: go on. Otherwise the Retry-After in seconds. */
  return (method: string, channel: string | undefined): number => {
    if (method === 'chat.postMessage') return take(`post:${channel}`, post.burst, post.everyMs);
    const aMinute = tierOf[method] ?? otherTier;
    return take(method, aMinute, minuteMs / aMinute);
  };
}
