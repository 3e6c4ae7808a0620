/** So few messages are stored within a second. */
const fewMessages = 500;
/** Agents find a server that was away, and beat again, within this. */
const settledMs = 90_000;

/** Whether a silence is the hosts' own: for a while the stream has been there, and nothing waited in it for long. */
export function hearing(nowMs: () => number = () => performance.now()) {
  let sinceMs: number | null = null;
  return {
    /** Messages that wait; null while the stream does not answer. */
    backlog(messages: number | null): void {
      if (messages === null || messages > fewMessages) sinceMs = null;
      else sinceMs ??= nowMs();
    },
    hearsAll: () => sinceMs !== null && nowMs() - sinceMs >= settledMs,
  };
}
