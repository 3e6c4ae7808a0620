import { join } from 'node:path';
import { projectRoot } from '../stack/stack.ts';
import { capture } from './capture/capture.ts';
import { fleet } from './fleet/fleet.ts';
import { idle } from './idle.ts';
import { ingest } from './ingest/ingest.ts';
import { latency } from './latency/latency.ts';
import type { Part } from './part.ts';
import { openReport } from './report.ts';
import { why } from './why.ts';

/**
 * `npm run bench`: Coroner against other programs and against its targets, side by side in one run.
 * `-- capture idle`: these parts alone.
 */
const parts: Record<string, Part> = { capture, idle, latency, ingest, why, fleet };
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  const known = Object.entries(parts).map(
    ([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`,
  );
  process.stderr.write(`there is no part ${unknown.join(', ')}. Parts:\n${known.join('\n')}\n`);
  process.exit(2);
}

const began = performance.now();
const say = (what: string): void => {
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stderr.write(`${String(seconds).padStart(4)} s  ${what}\n`);
};
const report = openReport(join(projectRoot, 'test/bench-results'));
for (const [name, part] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  say(`${name}: ${part.summary}`);
  await part.run({ report, scale: 1, say }).catch((error: Error) => {
    process.exitCode = 1;
    report.failure(name, error);
  });
}
const path = report.end();
say(`written to ${path}`);
