import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { shellHistorySource } from './source.ts';

const uid = process.getuid?.() ?? 0;
/** A person whoever runs the test: these files are ours. */
const owner = uid === 0 ? 0 : Math.max(uid, 1000);
const seconds = Math.floor(Date.now() / 1000) - 3600;

function aHome() {
  const root = mkdtempSync(join(tmpdir(), 'coroner-history-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'etc'));
  mkdirSync(join(root, 'home/alice'), { recursive: true });
  writeFileSync(
    join(root, 'etc/passwd'),
    `alice:x:${owner}:100::/home/alice:/bin/bash\ndaemon:x:2:2::/usr/sbin:/bin/sh\n`,
  );
  const path = (name: string): string => join(root, 'home/alice', name);
  const start = async (isOn = true) => {
    const events: RawEvent[] = [];
    const source = shellHistorySource({
      isOn,
      toldPath: join(root, 'told.json'),
      backfillDays: 7,
      root,
    });
    const running = await source.start((event) => events.push(event));
    onTestFinished(() => running.stop());
    const typed = () => events.map((event) => ('command' in event ? event.command : event.kind));
    const arrive = (...expected: string[]) =>
      vi.waitFor(() => expect(typed()).toEqual(expected), { timeout: 45_000 });
    return { events, running, source, typed, arrive };
  };
  return { root, path, start };
}

it('reads nothing unless it is turned on', async () => {
  const { path, start } = aHome();
  writeFileSync(path('.bash_history'), `#${seconds}\nkill -9 4121\n`);
  const { source, events } = await start(false);
  expect(source.status()).toMatchObject({ state: 'off' });
  expect(events).toEqual([]);
});

it('tells what has a time from before, and then what is typed, once and redacted', async () => {
  const { path, start } = aHome();
  const old = `#${seconds - 30 * 86_400}\nls\n`;
  writeFileSync(path('.bash_history'), `untimed\n${old}#${seconds}\nkill -9 4121\n`);
  const first = await start();
  expect(first.events).toMatchObject([
    {
      kind: 'shell-command',
      source: 'shell-history',
      command: 'kill -9 4121',
      user: 'alice',
      shell: 'bash',
      at: new Date(seconds * 1000).toISOString(),
      backfilled: true,
    },
  ]);
  appendFileSync(path('.bash_history'), `#${seconds + 60}\nmysql --password=hunter2\n`);
  await first.arrive('kill -9 4121', 'mysql --password=[redacted]');
  expect(first.events[1]?.backfilled).toBeUndefined();
  await first.running.stop();

  // As bash writes it anew when it drops old lines.
  writeFileSync(
    path('.new'),
    `#${seconds}\nkill -9 4121\n#${seconds + 60}\nmysql --password=hunter2\n#${seconds + 90}\nid\n`,
  );
  renameSync(path('.new'), path('.bash_history'));
  const second = await start();
  await second.arrive('id');
});

it('tells commands without times when they come', async () => {
  const { path, start } = aHome();
  writeFileSync(path('.zsh_history'), 'ls\nls\n');
  const { arrive, events } = await start();
  appendFileSync(path('.zsh_history'), 'ls\npkill nginx\n');
  await arrive('ls', 'pkill nginx');
  expect(events[0]).toMatchObject({ at: null, shell: 'zsh' });
});

it('reads what bash writes when its user leaves', async () => {
  const { path, start } = aHome();
  const { arrive, events } = await start();
  execFileSync('setsid', ['--wait', 'bash', '--norc', '--noprofile', '-i'], {
    input: 'true one\ntrue --token=hunter2\n',
    env: { PATH: process.env['PATH'], HISTFILE: path('.bash_history'), HISTTIMEFORMAT: '%F ' },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await arrive('true one', 'true --token=[redacted]');
  expect(Math.abs(Date.parse(events[0]?.at ?? '') - Date.now())).toBeLessThan(600_000);
});

it('follows no link and reads no pipe', async () => {
  const { root, path, start } = aHome();
  writeFileSync(join(root, 'secret'), `#${seconds}\nroot:secret\n`);
  symlinkSync(join(root, 'secret'), path('.bash_history'));
  const { events } = await start();
  expect(events).toEqual([]);
});
