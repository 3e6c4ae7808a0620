import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { RawEvent } from '../../source.ts';
import { auditSource } from './source.ts';

const rules = join(import.meta.dirname, '../../../../infra/audit/coroner.rules');
const patience = { timeout: 180_000, interval: 50 };

function auditctl(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('auditctl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`auditctl ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

/** auditd with a configuration, a log and a socket of its own; the kernel's audit is one for all. */
async function startAuditd(root: string, writesLog: boolean): Promise<void> {
  const config = join(root, 'etc');
  mkdirSync(join(config, 'plugins.d'), { recursive: true });
  mkdirSync(join(root, 'var/log/audit'), { recursive: true, mode: 0o700 });
  mkdirSync(join(root, 'var/run'), { recursive: true });
  const socket = join(root, 'var/run/audispd_events');
  const log = join(root, writesLog ? 'var/log/audit/audit.log' : 'other.log');
  writeFileSync(
    join(config, 'auditd.conf'),
    [
      `log_file = ${log}`,
      `plugin_dir = ${config}/plugins.d`,
      'log_format = ENRICHED',
      'flush = NONE',
      'local_events = yes',
      'space_left = 2',
      'admin_space_left = 1',
      ...['space_left', 'admin_space_left', 'disk_full', 'disk_error'].map(
        (what) => `${what}_action = IGNORE`,
      ),
      '',
    ].join('\n'),
    { mode: 0o640 },
  );
  writeFileSync(
    join(config, 'plugins.d/af_unix.conf'),
    `active = yes\ndirection = out\npath = builtin_af_unix\ntype = builtin\nargs = 0600 ${socket}\nformat = string\n`,
    { mode: 0o640 },
  );
  // The pid file is auditd's own alone.
  const child: ChildProcess = spawn(
    'unshare',
    ['--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /run && exec auditd -n -c "$1"', 'sh', config],
    { stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => child.once('exit', resolve));
  onTestFinished(async () => {
    for (const key of ['coroner_kill', 'coroner_ask']) spawnSync('auditctl', ['-D', '-k', key]);
    child.kill('SIGTERM');
    await ended;
    spawnSync('auditctl', ['-e', '0']);
  });
  await vi.waitUntil(() => {
    if (child.exitCode !== null) throw new Error(`auditd ended with ${child.exitCode}`);
    return auditctl('-s').includes(`\npid ${child.pid}\n`);
  }, patience);
  auditctl('-R', rules);
  auditctl('-e', '1');
}

/** A shell that kills its two children, one by each signal. */
function killTwo(): { sender: number; targets: number[] } {
  const script =
    'sleep 1000 & a=$!; sleep 1000 & b=$!; kill -9 $a; kill -15 $b; echo $$ $a $b; wait';
  const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' });
  const [sender = 0, ...targets] = stdout.trim().split(' ').map(Number);
  return { sender, targets };
}

it.each([
  ['its log', true],
  ['its socket', false],
])('tells who killed whom, as auditd says it in %s', async (_, writesLog) => {
  const root = mkdtempSync(join(tmpdir(), 'coroner-auditd-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  await startAuditd(root, writesLog);
  const source = auditSource({ positionsPath: join(root, 'position.json'), root });
  expect(await source.status()).toMatchObject({ state: 'available' });
  const events: RawEvent[] = [];
  const running = await source.start((event) => events.push(event));
  onTestFinished(() => running.stop());
  // Whoever listens to the socket hears only what comes after: kill until one was heard.
  const killed = new Map<number, number[]>();
  await vi.waitUntil(
    () => {
      const { sender, targets } = killTwo();
      killed.set(sender, targets);
      return kills().some(({ senderPid }) => killed.has(senderPid));
    },
    { timeout: 180_000, interval: 500 },
  );
  const sender = kills().find(({ senderPid }) => killed.has(senderPid))?.senderPid ?? 0;
  const [first, second] = killed.get(sender) ?? [];
  await vi.waitFor(
    () =>
      expect(kills().filter(({ senderPid }) => senderPid === sender)).toMatchObject([
        {
          signal: 'SIGKILL',
          senderComm: 'sh',
          senderUser: 'root',
          targetPid: first,
          key: 'coroner_kill',
          success: true,
          syscall: 'kill',
        },
        { signal: 'SIGTERM', targetPid: second },
      ]),
    patience,
  );

  function kills() {
    return events.flatMap((event) => (event.kind === 'kill-syscall' ? [event] : []));
  }
});

it('tells of an abnormal end', async () => {
  const root = mkdtempSync(join(tmpdir(), 'coroner-auditd-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  await startAuditd(root, true);
  const source = auditSource({ positionsPath: null, root });
  const events: RawEvent[] = [];
  const running = await source.start((event) => events.push(event));
  onTestFinished(() => running.stop());
  const { pid } = spawnSync('sh', ['-c', 'kill -SEGV $$']);
  await vi.waitFor(
    () =>
      expect(events).toContainEqual(
        expect.objectContaining({ kind: 'abnormal-end', pid, comm: 'sh', signal: 'SIGSEGV' }),
      ),
    patience,
  );
});
