import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '@coroner/schema/http/answer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { why } from '../stack/ask.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { type Victims, victims } from '../victims/victims.ts';
import { type Session, type SshServer, sshServer } from './ssh-server.ts';

/** Somebody logs in by ssh and types: the answer names the person behind the process. */
let stack: Stack;
let lab: Victims;
let server: SshServer;
let early: Session;
const beganAt = Date.now();
beforeAll(async () => {
  lab = victims();
  server = await sshServer(lab.name('cor'));
  early = await server.login();
  stack = await startStack();
});
afterAll(async () => {
  await server?.stop();
  await lab?.clean();
  await stack?.stop();
});

async function victim() {
  const name = lab.name();
  const { uid, gid } = server.account;
  const started = lab.run(lab.program(name), ['rest'], { uid, gid });
  await started.up;
  return { ...started, name };
}

/** With the login, which arrives by its own way. */
const answerFor = (process: string): Promise<Answer> =>
  why(stack, { process }, ({ evidence }) => evidence.some(({ kind }) => kind === 'login'));

function expectPerson({ actor, verdict, evidence }: Answer): void {
  const { account, from } = server;
  expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(actor?.origin).toMatchObject({
    type: 'login-session',
    user: account.name,
    from,
    tty: expect.stringMatching(/^pts\/\d+$/),
    sessionId: expect.any(Number),
  });
  expect(evidence.map(({ kind }) => kind)).toContain('login');
  const since = actor?.origin.type === 'login-session' ? actor.origin.since : null;
  expect(Date.parse(since ?? '')).toBeGreaterThan(beganAt - 10_000);
  expect(Date.parse(since ?? '')).toBeLessThan(Date.now());
  expect(verdict.summary).toContain(`${account.name} (from ${from}, pts/`);
}

it('kill -9 typed in a session', async () => {
  const session = await server.login();
  const killed = await victim();
  session.type(`kill -9 ${killed.pid}`);
  expect(await killed.end).toMatchObject({ signal: 'SIGKILL' });
  expectPerson(await answerFor(killed.name));
});

it('the same in a session that began before the agent did', async () => {
  const killed = await victim();
  early.type(`/bin/kill -9 ${killed.pid}`);
  await killed.end;
  expectPerson(await answerFor(killed.name));
});

it('through sudo: the person, not root', async () => {
  const session = await server.login();
  const killed = await victim();
  session.type(`sudo kill -9 ${killed.pid}`);
  await killed.end;
  const answer = await answerFor(killed.name);
  expectPerson(answer);
  expect(answer.actor).toMatchObject({ user: 'root', auditUser: server.account.name });
});

it('through a shell of root that sudo opened', async () => {
  const session = await server.login();
  const killed = await victim();
  session.type('sudo -i');
  await session.shows(/# /);
  session.type(`pkill -9 -x ${killed.name}`);
  await killed.end;
  expectPerson(await answerFor(killed.name));
});

it('a command over ssh without a terminal, of which no wtmp tells', async () => {
  const killed = await victim();
  // The address is the peer of a connection that still stands when the agent looks: what comes and
  // goes within a millisecond has the person and no address.
  const running = server.run(`kill -9 ${killed.pid}; sleep 5`);
  await killed.end;
  const { actor } = await why(stack, { process: killed.name });
  const { account, from } = server;
  expect(actor?.origin).toMatchObject({ type: 'login-session', user: account.name, from });
  await running;
});

it('a job that outlived its session', async () => {
  const session = await server.login();
  const killed = await victim();
  const marker = lab.name();
  session.type(
    `setsid nohup sh -c 'touch ~/${marker}.up; while [ ! -e ~/${marker} ]; do sleep 0.1; done; kill -9 ${killed.pid}; true' &`,
  );
  // Before it has left the terminal, the end of the session would end it too.
  await until('the job runs', () => existsSync(join(server.account.home, `${marker}.up`)));
  session.type('exit');
  await session.over();
  await server.run(`touch ~/${marker}`);
  await killed.end;
  const answer = await answerFor(killed.name);
  expectPerson(answer);
  expect(answer.actor?.ancestry.map(({ comm }) => comm)).not.toContain('sshd');
});

it('through su in a shell of root', async () => {
  const session = await server.login();
  const killed = await victim();
  session.type('sudo -i');
  await session.shows(/# /);
  session.type(`su -s /bin/sh -c 'kill -9 ${killed.pid}' root`);
  await killed.end;
  expectPerson(await answerFor(killed.name));
});

it('the connection is cut: a hangup of that session', async () => {
  const session = await server.login();
  const name = lab.name();
  session.type(`${lab.program(name)} rest`);
  await session.shows(/up/);
  await session.cut();
  const answer = await answerFor(name);
  expect(answer.verdict.cause).toBe('hangup');
  expect(answer.death).toMatchObject({ signal: 'SIGHUP', user: server.account.name });
  expect(answer.verdict.summary).toContain(server.account.name);
  expect(answer.verdict.summary).toContain(server.from);
});
