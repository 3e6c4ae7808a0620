/** A bucket of tokens: `burst` calls at once, then one each `everyMs`. */
export interface Pace {
  /** How long to wait, in ms, until the next call may go; 0 takes it. */
  take(nowMs: number): number;
}

export function pace(burst: number, everyMs: number): Pace {
  let tokens = burst;
  let lastMs: number | null = null;
  return {
    take(nowMs) {
      if (lastMs !== null) tokens = Math.min(burst, tokens + (nowMs - lastMs) / everyMs);
      lastMs = nowMs;
      if (tokens >= 1) {
        tokens -= 1;
        return 0;
      }
      return Math.ceil((1 - tokens) * everyMs);
    },
  };
}
