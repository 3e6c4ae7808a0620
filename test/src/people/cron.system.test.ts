import { execFileSync, type SpawnOptions } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { get, why } from '../stack/ask.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { type Victims, victims } from '../victims/victims.ts';
import { type AtDaemon, atDaemon } from './at-daemon.ts';
import { type CronDaemon, cronDaemon } from './cron-daemon.ts';
import { type SshServer, sshServer } from './ssh-server.ts';

/**
 * Debian's cron and atd run jobs that kill: the answer names the line, as it was, who changed it, and
 * the job. All at once, for cron runs its jobs when a minute begins.
 */
let stack: Stack;
let lab: Victims;
let cron: CronDaemon;
let at: AtDaemon;
let server: SshServer;
beforeAll(async () => {
  lab = victims();
  cron = cronDaemon(lab.name('coroner-test'));
  at = await atDaemon();
  server = await sshServer(lab.name('cor'));
  stack = await startStack();
});
afterAll(async () => {
  const spooled = `/var/spool/cron/crontabs/${server?.account.name}`;
  if (server && existsSync(spooled)) execFileSync('crontab', ['-u', server.account.name, '-r']);
  await cron?.stop();
  await at?.stop();
  await server?.stop();
  await lab?.clean();
  await stack?.stop();
  expect(existsSync(cron.path)).toBe(false);
});

const aMinuteMs = 60_000;

async function victim(options: SpawnOptions = {}) {
  const name = lab.name();
  const started = lab.run(lab.program(name), ['rest'], options);
  await started.up;
  return { ...started, name };
}

it.concurrent('names file, line, schedule, command and next run, although the line was edited since', async () => {
  const byShell = await victim();
  const byProgram = await victim();
  const byScript = await victim();
  const folder = join(lab.folder, 'cron.hourly');
  const part = join(folder, 'kill-old');
  mkdirSync(folder);
  writeFileSync(part, `#!/bin/sh\n/bin/kill -9 ${byScript.pid}\n`, { mode: 0o755 });
  const kill = `kill -9 ${byShell.pid}`;
  const pkill = `cd / && /usr/bin/pkill -9 -x "${byProgram.name}" >/dev/null 2>&1`;
  cron.write(
    `# what the night needs\nSHELL=/bin/sh\n\n* * * * * root ${kill}\n*/1 * * * * root ${pkill}\n* * * * * root cd / && run-parts ${folder}\n`,
  );
  expect(await byShell.end).toMatchObject({ signal: 'SIGKILL' });
  expect(await byProgram.end).toMatchObject({ signal: 'SIGKILL' });
  expect(await byScript.end).toMatchObject({ signal: 'SIGKILL' });
  const nextRun = await until('the next run is in the future', async () => {
    const { actor } = await why(stack, { process: byShell.name });
    return actor?.origin.type === 'cron' ? actor.origin.nextRun : null;
  });
  const inMs = Date.parse(nextRun) - Date.now();
  expect(inMs).toBeLessThanOrEqual(aMinuteMs);
  expect(nextRun).toMatch(/:00\.000Z$/);
  cron.write('# nothing any more\n');

  await until('the line that is gone has no next run', async () => {
    const { actor } = await why(stack, { process: byShell.name });
    return actor?.origin.type === 'cron' && actor.origin.nextRun === null;
  });
  const origin = async (process: string) => {
    const answer = await why(stack, { process });
    expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
    expect(answer.verdict.summary).toContain(cron.path);
    expect(answer.evidence.map(({ kind }) => kind)).toContain('cron-job');
    return answer.actor?.origin;
  };
  const expected = { type: 'cron', file: cron.path, user: 'root' };
  const first = await origin(byShell.name);
  expect(first).toMatchObject({ ...expected, line: 4, schedule: '* * * * *', command: kill });
  const second = await origin(byProgram.name);
  expect(second).toMatchObject({ ...expected, line: 5, schedule: '*/1 * * * *', command: pkill });
  const third = await why(stack, { process: byScript.name });
  expect(third.actor?.origin).toMatchObject({ ...expected, line: 6 });
  expect(third.actor?.through).toMatchObject([{ type: 'script', name: part }]);
  expect(third.verdict.summary).toContain(`, script ${part}`);
});

it.concurrent('a job of at: whose it was, and what it ran', async () => {
  const killed = await victim();
  const marker = join(lab.folder, lab.name());
  at.submit(`while [ ! -e ${marker} ]; do sleep 0.1; done\n/bin/kill -9 ${killed.pid}`);
  await until('the hub has the job', async () => {
    const { body } = await get(stack, '/v1/events', { kind: 'cron-job', limit: 1000 });
    return JSON.stringify(body).includes(marker);
  });
  writeFileSync(marker, '');
  expect(await killed.end).toMatchObject({ signal: 'SIGKILL' });
  const { actor, verdict } = await why(stack, { process: killed.name });
  expect(actor?.origin).toMatchObject({ type: 'at', user: 'root' });
  const { command, file } = actor?.origin.type === 'at' ? actor.origin : {};
  expect(command).toContain(`kill -9 ${killed.pid}`);
  expect(verdict.summary).toContain(`run as root by at (a job of root, ${file})`);
});

it.concurrent('names who changed the line that killed, from where, and how long before', async () => {
  const { name, uid, gid } = server.account;
  const killed = await victim({ uid, gid });
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
  const { actor, verdict } = await why(stack, { process: killed.name });
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
