import { expect, it } from 'vitest';
import { why } from '../stack/ask.ts';
import { journey } from './journey.ts';

/** Journey 4: ends that nobody else caused, and one that only looks so. */
const shortLivedMs = 1500;
const longLifeMs = 1700;
const here = journey({
  environment: { CORONER_WATCH: 'watched-*', CORONER_SHORT_LIVED_MS: `${shortLivedMs}` },
});

const noCore = (command: string) => ['-c', `ulimit -c 0; exec ${command}`];

it('abort()', async () => {
  const name = here.lab.name();
  const victim = here.lab.run('bash', noCore(`${here.lab.program(name)} abort`));
  expect(await victim.end).toEqual({ code: null, signal: 'SIGABRT' });
  const answer = await why(here.stack, { process: name });
  expect(answer.verdict).toMatchObject({ cause: 'abort', confidence: 'proven' });
  expect(answer.death).toMatchObject({ pid: victim.pid, signal: 'SIGABRT' });
});

it('a null dereference is a crash, at the address', async () => {
  const name = here.lab.name();
  const victim = here.lab.run('bash', noCore(`${here.lab.program(name)} null`));
  expect(await victim.end).toEqual({ code: null, signal: 'SIGSEGV' });
  const answer = await why(here.stack, { process: name });
  expect(answer.verdict).toMatchObject({ cause: 'crash', confidence: 'proven' });
  expect(answer.death).toMatchObject({ pid: victim.pid, signal: 'SIGSEGV' });
  expect(answer.actor?.pid ?? victim.pid).toBe(victim.pid);
});

it('kill -SEGV from outside is no crash', async () => {
  const name = here.lab.name();
  const victim = here.lab.run('bash', noCore(`${here.lab.program(name)} rest`));
  await victim.up;
  const sender = await here.lab.send('/bin/kill', ['-SEGV', `${victim.pid}`]);
  expect(await victim.end).toEqual({ code: null, signal: 'SIGSEGV' });
  const answer = await why(here.stack, { process: name });
  expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(answer.death.signal).toBe('SIGSEGV');
  expect(answer.actor).toMatchObject({ pid: sender.pid, cmdline: sender.argv });
});

it('exit 3 of a watched process, however short its life', async () => {
  const name = here.lab.name('watched');
  const victim = here.lab.run(here.lab.program(name.slice(0, 15)), ['exit', '3']);
  expect(await victim.end).toEqual({ code: 3, signal: null });
  const answer = await why(here.stack, { pid: victim.pid, process: name.slice(0, 15) });
  expect(answer.verdict.cause).toBe('exit-error');
  expect(answer.death).toMatchObject({ exitCode: 3, signal: null });
  expect(answer.actor).toBeNull();
});

it('exit 0 after a long life is reported without being watched', async () => {
  const name = here.lab.name();
  const victim = here.lab.run(here.lab.program(name), ['exit', '0', `${longLifeMs}`]);
  expect(await victim.end).toEqual({ code: 0, signal: null });
  const answer = await why(here.stack, { process: name });
  expect(answer.verdict.cause).toBe('exit-ok');
  expect(answer.death).toMatchObject({ exitCode: 0, signal: null, pid: victim.pid });
  expect(answer.actor).toBeNull();
});
