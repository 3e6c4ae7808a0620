const parentPollMs = 1000;

export interface Stop {
  (why: string): void;
  requested(): boolean;
}

/**
 * Calls `stop` once, for Ctrl-C, SIGTERM, a closed terminal, or npm being gone under us; `force`
 * at a second Ctrl-C or SIGTERM.
 */
export function onStopRequest(
  underNpm: boolean,
  stop: (why: string) => void,
  force: () => void,
): Stop {
  let requested = false;
  const request = (why: string) => {
    if (requested) return;
    requested = true;
    stop(why);
  };
  // npm hands Ctrl-C on while the terminal sends it too: the second within a moment is the same one.
  let firstAt = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (requested && Date.now() - firstAt > sameRequestMs && signal !== 'SIGHUP') force();
      firstAt ||= Date.now();
      request(signal === 'SIGHUP' ? 'the terminal is gone' : signal);
    });
  }
  if (underNpm) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) request('npm is gone');
    }, parentPollMs).unref();
  }
  return Object.assign(request, { requested: () => requested });
}

const sameRequestMs = 1000;
