import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 50;
const patienceMs = 60_000;

/** Resolves when the hub says on /readyz that it can answer. Throws after a minute, with what it said. */
export async function waitForApi(apiUrl: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const said = await fetch(`${apiUrl}/readyz`).then(
      async (response) => (response.ok ? null : `${response.status} ${await response.text()}`),
      (error: Error) => error.message,
    );
    if (said === null) return;
    if (Date.now() > deadline) throw new Error(`the hub on ${apiUrl} is not ready: ${said}`);
    await sleep(pollMs);
  }
}
