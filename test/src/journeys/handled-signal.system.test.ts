import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { deaths, get, why } from '../stack/ask.ts';
import { isGone } from '../stack/process.ts';
import type { Victim } from '../victims/victims.ts';
import { journey } from './journey.ts';

/** Journey 3: signals that the victim catches, survives or ignores. */
const here = journey();

const graceMs = 2000;

async function victim(...what: string[]): Promise<Victim & { name: string }> {
  const name = here.lab.name();
  const started = here.lab.run(here.lab.program(name), what);
  await started.up;
  return { ...started, name };
}

const kill = (signal: string, { pid }: Victim) =>
  here.lab.send('/bin/kill', [`-${signal}`, `${pid}`]);

it('SIGTERM that is caught and followed by exit 0 is a stop by its sender', async () => {
  const stopped = await victim('catch-term');
  const sender = await kill('TERM', stopped);
  expect(await stopped.end).toEqual({ code: 0, signal: null });
  const answer = await why(here.stack, { process: stopped.name });
  expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(answer.death).toMatchObject({ signal: null, exitCode: 0, pid: stopped.pid });
  expect(answer.actor).toMatchObject({ pid: sender.pid, cmdline: sender.argv });
  expect(answer.verdict.summary).toContain('SIGTERM');
});

it('SIGTERM, then SIGKILL two seconds later: the second sender did it, the first is shown', async () => {
  const killed = await victim('survive-term');
  const first = await kill('TERM', killed);
  await sleep(graceMs); // The two seconds are the case itself.
  const second = await kill('KILL', killed);
  expect(await killed.end).toEqual({ code: null, signal: 'SIGKILL' });
  const answer = await why(here.stack, { process: killed.name });
  expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(answer.death.signal).toBe('SIGKILL');
  expect(answer.actor).toMatchObject({ pid: second.pid, cmdline: second.argv });
  const evidence = answer.evidence.map(({ text }) => text).join('\n');
  expect(evidence).toContain('SIGTERM');
  expect(evidence).toContain(`${first.pid}`);
});

it('a process that ignores the signal lives, and no death is reported', async () => {
  const deaf = await victim('ignore', '15');
  await kill('TERM', deaf);
  // What is sent later arrives later: once this death is known, the other would be known too.
  const marker = await victim('rest');
  await kill('KILL', marker);
  await why(here.stack, { process: marker.name });
  expect(isGone(deaf.pid)).toBe(false);
  expect(await deaths(here.stack, { process: deaf.name })).toEqual([]);
  expect((await get(here.stack, '/v1/why', { process: deaf.name })).status).toBe(404);
});
