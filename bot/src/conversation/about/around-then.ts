/** The time from `beforeMs` before an instant to `afterMs` after it, as filters of the hub's lists. */
export function spanAround(at: string, beforeMs: number, afterMs: number) {
  const middle = Date.parse(at);
  return {
    since: new Date(middle - beforeMs).toISOString(),
    until: new Date(middle + afterMs).toISOString(),
  };
}
