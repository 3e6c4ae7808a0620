/** A bucket of tokens: `burst` calls at once, then one each `everyMs`. */
export interface Pace {
  /** How long to wait, in ms, until a call may go; takes nothing. */
  waitMs(nowMs: number): number;
  /** How long to wait, in ms, until the next call may go; 0 takes it. */
  take(nowMs: number): number;
}

export function pace(burst: number, everyMs: number): Pace {
  let tokens = burst;
  let lastMs: number | null = null;
  function waitMs(nowMs: number): number {
    if (lastMs !== null) tokens = Math.min(burst, tokens + (nowMs - lastMs) / everyMs);
    lastMs = nowMs;
    return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * everyMs);
  }
  return {
    waitMs,
    take(nowMs) {
      const wait = waitMs(nowMs);
      if (wait === 0) tokens -= 1;
      return wait;
    },
  };
}
