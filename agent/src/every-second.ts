const everyMs = 1000;

/** All that is done once a second, in one waking of the processor: an idle agent does little else. */
const calls = new Set<() => void>();
let timer: NodeJS.Timeout | null = null;

/** Calls `call` once a second from the next second on; the result ends that. */
export function everySecond(call: () => void): () => void {
  // A Set holds a function once, and two sources may hand in the same.
  const own = (): void => call();
  calls.add(own);
  timer ??= setInterval(() => {
    for (const one of calls) one();
  }, everyMs);
  return () => {
    calls.delete(own);
    if (calls.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };
}
