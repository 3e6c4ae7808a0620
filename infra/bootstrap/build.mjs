import { join } from 'node:path';
import { run } from './run.mjs';
import { projectRoot, say } from './step.mjs';

const worthSayingMs = 1000;

const toRun = ['schema', 'agent', 'hub', 'bot', 'infra'];

/** Compiles what changed since the last time; about a tenth of a second when nothing did. */
export async function build(forTests) {
  const began = performance.now();
  const compiler = join(projectRoot, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, '-b', ...(forTests ? [] : toRun)]);
  const tookMs = performance.now() - began;
  if (tookMs > worthSayingMs) say(`compiled in ${(tookMs / 1000).toFixed(1)} s`);
}
