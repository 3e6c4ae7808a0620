/** Root of the project: two folders above this file. */
export const projectRoot = new URL('../..', import.meta.url).pathname;

/** One line of progress. Set-up runs before any logger exists. */
export function say(text) {
  process.stdout.write(`set-up: ${text}\n`);
}

/** Says what begins, runs it, and says how long it took. */
export async function step(what, work) {
  say(`${what} …`);
  const began = performance.now();
  const result = await work();
  say(`${what}: done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

/** What the user can put right: shown without a stack. */
export class SetUpError extends Error {}
