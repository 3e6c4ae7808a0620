import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { logsSource } from './source.ts';

const patience = { timeout: 180_000, interval: 50 };
const sizes = 'total-vm:1kB, anon-rss:2kB, file-rss:3kB, shmem-rss:0kB';

/** Formats of Debian's rsyslog before and since version 12. */
type Template = 'RSYSLOG_TraditionalFileFormat' | 'RSYSLOG_FileFormat';

interface Rsyslog {
  /** Folder that stands for `/`. */
  readonly root: string;
  /** Writes a message as any program does, by syslog(3). */
  log(tag: string, message: string): void;
  /** Rotates /var/log/syslog by logrotate, with its word for the way. */
  rotate(how: 'copytruncate' | 'create'): void;
}

/** A real rsyslogd that writes /var/log/syslog below a folder of its own, until the test ends. */
async function startRsyslog(template: Template): Promise<Rsyslog> {
  const root = mkdtempSync(join(tmpdir(), 'coroner-rsyslog-'));
  const log = join(root, 'var/log/syslog');
  const socket = join(root, 'log.socket');
  const pidFile = join(root, 'pid');
  mkdirSync(join(root, 'var/log'), { recursive: true });
  writeFileSync(log, '');
  writeFileSync(
    join(root, 'rsyslog.conf'),
    `global(workDirectory="${root}")
module(load="imuxsock" SysSock.Use="off")
input(type="imuxsock" Socket="${socket}")
action(type="omfile" file="${log}" template="${template}" asyncWriting="off" flushOnTXEnd="on")
`,
  );
  const args = ['-n', '-i', pidFile, '-f', join(root, 'rsyslog.conf')];
  const child = spawn('rsyslogd', args, { stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(root, { recursive: true, force: true });
  });
  const rsyslog: Rsyslog = {
    root,
    log(tag, message) {
      const { status } = spawnSync('logger', ['-u', socket, '-t', tag, '--id=77', '--', message]);
      if (status !== 0) throw new Error(`logger ended with ${status}`);
    },
    rotate(how) {
      const after = how === 'create' ? `postrotate\nkill -HUP ${child.pid}\nendscript` : '';
      const config = join(root, 'logrotate.conf');
      writeFileSync(config, `${log} {\nsu root root\nrotate 4\n${how}\n${after}\n}\n`, {
        mode: 0o644,
      });
      const run = spawnSync('logrotate', ['--force', '--state', join(root, 'state'), config]);
      if (run.status !== 0) throw new Error(`logrotate: ${run.stderr}`);
    },
  };
  await vi.waitUntil(() => isListening(socket), { timeout: 180_000, interval: 50 });
  return rsyslog;
}

function isListening(socket: string): boolean {
  return spawnSync('logger', ['-u', socket, '--socket-errors=on', 'up']).status === 0;
}

it.each(['RSYSLOG_TraditionalFileFormat', 'RSYSLOG_FileFormat'] as const)(
  'follows a real rsyslog over both ways of logrotate: %s',
  async (template) => {
    const { root, log, rotate } = await startRsyslog(template);
    const events: RawEvent[] = [];
    const lost: string[] = [];
    const options = { host: 'web-3', positionsPath: join(root, 'position.json'), root };
    const begin = () =>
      logsSource({ ...options, hasKernelLog: true }).start((event) => {
        if (event.kind === 'gap') lost.push(event.reason);
        else events.push(event);
      });
    let running = await begin();
    onTestFinished(() => running.stop());
    const commands = () =>
      events.map((event) => (event.kind === 'cron-run' ? event.command : event.kind));
    const run = (job: string): void => log('CRON', `(root) CMD (${job})`);
    const seen = (...jobs: string[]) =>
      vi.waitFor(() => expect(commands()).toEqual(jobs), patience);

    run('one');
    await seen('one');
    rotate('copytruncate');
    run('two');
    run('a job whose line is longer than the one before the truncation was');
    await seen('one', 'two', 'a job whose line is longer than the one before the truncation was');
    rotate('create');
    run('three');
    await vi.waitFor(() => expect(commands().at(-1)).toBe('three'), patience);
    await running.stop();
    run('while nobody reads');
    rotate('create');
    run('after the rotation');
    running = await begin();
    await vi.waitFor(() => expect(commands().at(-1)).toBe('after the rotation'), patience);
    expect(commands()).toEqual([
      'one',
      'two',
      'a job whose line is longer than the one before the truncation was',
      'three',
      'while nobody reads',
      'after the rotation',
    ]);
    expect(lost).toEqual([]);
  },
);

it('believes nothing that a user writes by logger(1)', async () => {
  const { root, log } = await startRsyslog('RSYSLOG_TraditionalFileFormat');
  const events: RawEvent[] = [];
  const source = logsSource({ host: 'web-3', positionsPath: null, hasKernelLog: true, root });
  const running = await source.start((event) => events.push(event));
  onTestFinished(() => running.stop());
  log('mallory', `Out of memory: Killed process 5 (nginx) ${sizes}`);
  log(
    'mallory',
    `x\nFeb  6 11:37:41 web-3 kernel: Out of memory: Killed process 5 (nginx) ${sizes}`,
  );
  log('kernel', `Out of memory: Killed process 5 (nginx) ${sizes}`);
  log('mallory', 'audit: type=1701 audit(1700000000.100:5): uid=0 pid=5 comm="nginx" sig=11 res=1');
  log('mallory', '\u001b[31m\udcff\ufffd (root) CMD (no)');
  log('CRON', '(root) CMD (the last)');
  await vi.waitFor(() => expect(events).not.toEqual([]), patience);
  expect(events).toMatchObject([{ kind: 'cron-run', command: 'the last' }]);
});
