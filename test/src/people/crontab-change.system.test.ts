import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { get, why } from '../stack/ask.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { type Victims, victims } from '../victims/victims.ts';
import { type CronDaemon, cronDaemon } from './cron-daemon.ts';
import { type SshServer, sshServer } from './ssh-server.ts';

/** A person changes a crontab by crontab(1); the job kills: the answer says who changed it, and when. */
let stack: Stack;
let lab: Victims;
let server: SshServer;
let cron: CronDaemon;
beforeAll(async () => {
  lab = victims();
  server = await sshServer(lab.name('cor'));
  cron = cronDaemon(lab.name('coroner-test'));
  stack = await startStack();
});
afterAll(async () => {
  const spooled = `/var/spool/cron/crontabs/${server?.account.name}`;
  if (server && existsSync(spooled)) execFileSync('crontab', ['-u', server.account.name, '-r']);
  await cron?.stop();
  await server?.stop();
  await lab?.clean();
  await stack?.stop();
});

it('names who changed the line that killed, from where, and how long before', async () => {
  const { name, uid, gid } = server.account;
  const comm = lab.name();
  const killed = lab.run(lab.program(comm), ['rest'], { uid, gid });
  await killed.up;
  const session = await server.login();
  session.type(`echo '* * * * * /bin/kill -9 ${killed.pid}' | crontab -; echo did $?`);
  await session.shows(/did 0/);
  const told = await until('the hub has the line', async () => {
    const { body } = await get(stack, '/v1/events', { kind: 'cron-job', limit: 1000 });
    const { items } = body as { items: { changedAt?: string; command: string }[] };
    return items.find(({ command }) => command.includes(`kill -9 ${killed.pid}`));
  });
  cron.take(name);
  expect(await killed.end).toMatchObject({ signal: 'SIGKILL' });
  const { actor, verdict } = await why(stack, { process: comm });
  expect(actor?.origin).toMatchObject({
    ...{ type: 'cron', user: name, changedAt: told.changedAt },
    changedBy: { user: name, command: 'crontab -', from: server.from },
  });
  expect(verdict.summary).toMatch(
    new RegExp(
      `schedule \\* \\* \\* \\* \\*, changed [^,]+ before by ${name} from ${server.from}\\)`,
    ),
  );
});
