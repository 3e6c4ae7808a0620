const firstMs = 100;
const lastMs = 5000;
const growth = 2;

/** Waiting times that grow to a few seconds, each shortened at random so that a fleet does not return at once. */
export function backoff(): { next(): number; reset(): void } {
  let delayMs = firstMs;
  return {
    next() {
      const ms = delayMs * (0.5 + Math.random() / 2);
      delayMs = Math.min(lastMs, delayMs * growth);
      return ms;
    },
    reset() {
      delayMs = firstMs;
    },
  };
}
