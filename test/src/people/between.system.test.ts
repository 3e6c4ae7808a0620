import type { Answer } from '@coroner/schema/http/answer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { why } from '../stack/ask.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { type Victims, victims } from '../victims/victims.ts';
import { type Account, account } from './account.ts';
import { type Session, type SshServer, sshServer } from './ssh-server.ts';

/** What stands between a person and a kill: tmux, sudo, su, a tool. The answer names the person, and it. */
let stack: Stack;
let lab: Victims;
let server: SshServer;
let other: Account;
beforeAll(async () => {
  lab = victims();
  server = await sshServer(lab.name('cor'));
  other = account(lab.name('oth'), `${lab.folder}/home`);
  stack = await startStack();
});
afterAll(async () => {
  await server?.stop();
  other?.remove();
  await lab?.clean();
  await stack?.stop();
});

async function victim(owner: Pick<Account, 'uid' | 'gid'> = server.account) {
  const name = lab.name();
  const started = lab.run(lab.program(name), ['rest'], { uid: owner.uid, gid: owner.gid });
  await started.up;
  return { ...started, name };
}

/** The person behind it, from that address, is known by now. */
const answerFor = (process: string, from = server.from): Promise<Answer> =>
  why(
    stack,
    { process },
    ({ actor }) => actor?.origin.type === 'login-session' && actor.origin.from === from,
  );

async function startTmux(session: Session, how: string): Promise<void> {
  session.type(`TERM=xterm tmux -f /dev/null ${how}`);
  await session.shows(/\[0\] 0:/);
}

it('tmux in the session: the person, the address, and tmux', async () => {
  const session = await server.login();
  const killed = await victim();
  await startTmux(session, 'new-session');
  session.type(`kill -9 ${killed.pid}`);
  expect(await killed.end).toMatchObject({ signal: 'SIGKILL' });
  const { verdict, actor } = await answerFor(killed.name);
  expect(verdict.summary).toContain(`${server.account.name} (from ${server.from}, pts/`);
  expect(verdict.summary).toContain(', inside tmux, who typed kill in bash');
  expect(actor?.through).toMatchObject([{ type: 'multiplexer', name: 'tmux' }]);
  session.type('exit');
  await session.shows(/\[exited\]/);
});

it('tmux that was started from elsewhere: where the one who is attached sits', async () => {
  const elsewhere = '127.0.0.10';
  const first = await server.login(elsewhere);
  first.type('TERM=xterm tmux -f /dev/null new-session -d; exit');
  await first.over();
  const session = await server.login();
  const [killed, later] = [await victim(), await victim()];
  await startTmux(session, 'attach');
  session.type(`kill -9 ${killed.pid}`);
  await killed.end;
  const { verdict } = await answerFor(killed.name);
  expect(verdict.summary).toContain(`${server.account.name} (from ${server.from}, pts/`);
  const marker = lab.name();
  // The shell waits for the answer: with it the server of tmux would end before the agent looks.
  const until = (test: string) => `while ! ${test} ~/${marker}; do sleep 0.1; done`;
  session.type(
    `tmux detach; ${until('test -e')}; kill -9 ${later.pid}; ${until('test ! -e')}; exit`,
  );
  await session.shows(/detached/);
  await server.run(`touch ~/${marker}`);
  await later.end;
  const answer = await answerFor(later.name, elsewhere);
  await server.run(`rm ~/${marker}`);
  expect(answer.verdict.summary).toContain('inside tmux (nobody was attached to it then)');
});

it('sudo -u and su: who became whom', async () => {
  const session = await server.login();
  const killed = await victim(other);
  session.type(`sudo su -s /bin/bash ${other.name} -c 'kill -9 ${killed.pid}; true'`);
  await killed.end;
  const { actor, verdict } = await answerFor(killed.name);
  const { name } = server.account;
  expect(actor?.user).toBe(other.name);
  expect(actor?.through).toMatchObject([
    { type: 'became-user', name: 'sudo', from: name, to: 'root' },
    { type: 'became-user', name: 'su', from: 'root', to: other.name },
  ]);
  expect(verdict.summary).toContain(
    `(${name} became root with sudo, root became ${other.name} with su), by the kill built into bash`,
  );
  const byOther = await victim(other);
  session.type(`sudo -u ${other.name} /bin/kill -9 ${byOther.pid}`);
  await byOther.end;
  const answer = await answerFor(byOther.name);
  expect(answer.actor?.through).toMatchObject([{ name: 'sudo', from: name, to: other.name }]);
  expect(answer.verdict.summary).toContain(`run as ${other.name} by ${name} (from`);
});

it('top and htop: which key was pressed', async () => {
  const session = await server.login();
  const [byTop, byHtop] = [await victim(), await victim()];
  session.type(`TERM=xterm top -p ${byTop.pid}`);
  await session.shows(/PID USER/);
  session.press('k');
  await session.shows(/PID to signal/);
  session.press(`${byTop.pid}\r`);
  await session.shows(/signal \[/);
  session.press('9\r');
  expect(await byTop.end).toMatchObject({ signal: 'SIGKILL' });
  session.press('q');
  const top = await answerFor(byTop.name);
  expect(top.actor?.tool).toEqual({ name: 'top', how: 'pressed k in top' });
  expect(top.verdict.summary).toContain(', who pressed k in top.');
  session.type(`TERM=xterm htop -p ${byHtop.pid}`);
  await session.shows(/F10/);
  session.press('k\r');
  expect(await byHtop.end).toMatchObject({ signal: 'SIGTERM' });
  session.press('q');
  const htop = await answerFor(byHtop.name);
  expect(htop.verdict.summary).toContain(', who pressed k or F9 in htop.');
});

it('killall and fuser -k: the command that was typed', async () => {
  const session = await server.login();
  const [byName, byFile] = [await victim(), await victim()];
  session.type(`killall -9 ${byName.name}`);
  await byName.end;
  expect((await answerFor(byName.name)).verdict.summary).toContain(`\`killall -9 ${byName.name}\``);
  session.type(`fuser -k ${byFile.path}`);
  await byFile.end;
  expect((await answerFor(byFile.name)).verdict.summary).toContain(`\`fuser -k ${byFile.path}\``);
});
