import { join } from 'node:path';
import type { Answer } from '@coroner/schema/http/answer';
import { expect, it } from 'vitest';
import { why } from '../stack/ask.ts';
import { projectRoot } from '../stack/stack.ts';
import type { Victim } from '../victims/victims.ts';
import { journey } from './journey.ts';

/** Journey 1: one signal, one sender, both gone a moment later. */
const here = journey();

const somebody = 4242;

async function victim(): Promise<Victim & { name: string }> {
  const name = here.lab.name();
  const started = here.lab.run(here.lab.program(name), ['rest', 'with', 'words'], {
    uid: somebody,
    gid: somebody,
  });
  await started.up;
  return { ...started, name };
}

function expectProven(answer: Answer, killed: Victim & { name: string }, sender: Victim): void {
  expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(answer.death).toMatchObject({
    pid: killed.pid,
    comm: killed.name,
    exe: killed.path,
    cmdline: killed.argv,
    signal: 'SIGKILL',
    exitCode: null,
    uid: somebody,
  });
  expect(answer.actor).toMatchObject({ pid: sender.pid, cmdline: sender.argv });
  expect(answer.actor?.ancestry[0]).toMatchObject({ pid: process.pid });
  expect(answer.verdict.summary).toContain(killed.name);
  expect(answer.evidence.length).toBeGreaterThan(0);
}

it('/bin/kill -9', async () => {
  const killed = await victim();
  const sender = await here.lab.send('/bin/kill', ['-9', `${killed.pid}`]);
  expect(await killed.end).toEqual({ code: null, signal: 'SIGKILL' });
  const answer = await why(here.stack, { process: killed.name });
  expectProven(answer, killed, sender);
  expect(answer.actor).toMatchObject({ comm: 'kill', uid: 0, user: 'root' });
});

it('kill typed in bash, a builtin', async () => {
  const killed = await victim();
  const sender = await here.lab.send('bash', ['-c', `kill -9 ${killed.pid}; true`]);
  await killed.end;
  expectProven(await why(here.stack, { process: killed.name }), killed, sender);
});

it('pkill -f, run by another user', async () => {
  const killed = await victim();
  const options = { uid: somebody, gid: somebody };
  const sender = await here.lab.send('pkill', ['-9', '-f', killed.path], options);
  await killed.end;
  const answer = await why(here.stack, { process: killed.name });
  expectProven(answer, killed, sender);
  expect(answer.actor).toMatchObject({ comm: 'pkill', uid: somebody });
});

it('a Python program that calls os.kill', async () => {
  const killed = await victim();
  const code = `import os; os.kill(${killed.pid}, 9)`;
  const sender = await here.lab.send('/usr/bin/python3', ['-c', code]);
  await killed.end;
  expectProven(await why(here.stack, { process: killed.name }), killed, sender);
});

it('a C program that calls kill(2)', async () => {
  const killed = await victim();
  const sender = await here.lab.send(here.lab.program(here.lab.name('kil')), [
    'kill',
    '9',
    `${killed.pid}`,
  ]);
  await killed.end;
  expectProven(await why(here.stack, { process: killed.name }), killed, sender);
});

it('asked by pid, and on the command line', async () => {
  const killed = await victim();
  await here.lab.send('/bin/kill', ['-9', `${killed.pid}`]);
  await killed.end;
  const answer = await why(here.stack, { process: killed.name });
  // The pid may be another's by now: asked with the time of this death it is this one's.
  const byPid = await why(here.stack, { pid: killed.pid, at: answer.death.diedAt });
  expect(byPid.death.comm).toBe(killed.name);
  const coroner = join(projectRoot, 'node_modules/.bin/coroner');
  const env = { ...process.env, CORONER_STATE_DIR: here.stack.stateDir };
  const asked = here.lab.run(coroner, ['why', killed.name, '--json'], { env });
  expect(await asked.end).toEqual({ code: 0, signal: null });
  expect(JSON.parse(asked.output())).toEqual(answer);
  const sentence = here.lab.run(coroner, ['ask', `why did ${killed.name} die?`], { env });
  await sentence.end;
  expect(sentence.output().replaceAll(/\s+/g, ' ')).toContain(answer.verdict.summary);
});
