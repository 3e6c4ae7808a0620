const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** Between one attempt and the next: eleven attempts within a day. */
const waitsMs = [
  ...[5 * seconds, 30 * seconds, 2 * minutes, 10 * minutes, 30 * minutes],
  ...[1 * hours, 2 * hours, 4 * hours, 8 * hours, 8 * hours],
];
/** So that many messages to one receiver do not come back together. */
const jitter = 0.2;
const longestAskedMs = 12 * hours;

/**
 * How long to wait after so many attempts, ms; null when that was the last. A receiver may ask for
 * more (`Retry-After`), up to 12 h. `random`: in [0, 1).
 */
export function nextWaitMs(
  attempts: number,
  askedMs: number | null,
  random: number,
): number | null {
  const wait = waitsMs[attempts - 1];
  if (wait === undefined) return null;
  const spread = wait * (1 - jitter + 2 * jitter * random);
  return Math.round(Math.max(spread, Math.min(askedMs ?? 0, longestAskedMs)));
}
