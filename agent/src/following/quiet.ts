/** Calls `onQuiet` once nothing has been touched for `afterMs`: what waits for its rest waits no longer. */
export function whenQuiet(onQuiet: () => void, afterMs: number): { touch(): void; stop(): void } {
  let timer: NodeJS.Timeout | null = null;
  return {
    touch() {
      if (timer) timer.refresh();
      else
        timer = setTimeout(() => {
          timer = null;
          onQuiet();
        }, afterMs);
    },
    stop() {
      if (timer) clearTimeout(timer);
      timer = null;
      onQuiet();
    },
  };
}
