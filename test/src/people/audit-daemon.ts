import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../stack/stack.ts';
import { until } from '../stack/until.ts';

/** Debian's auditd under the rules of infra/, with a log of its own; the kernel's audit is one for all. */
export interface AuditDaemon {
  /** Shell commands that give whoever runs them that log in its usual place. */
  mounts: string;
  pid: number;
  /** Its log. */
  path: string;
  /** Stops it, and takes its rules out of the kernel. */
  stop(): Promise<void>;
}

const rules = join(projectRoot, 'infra/audit/coroner.rules');

function auditctl(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('auditctl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`auditctl ${args.join(' ')}: ${stderr}${stdout}`);
  return stdout;
}

export async function auditDaemon(): Promise<AuditDaemon> {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-auditd-'));
  const [log, config] = [join(folder, 'log'), join(folder, 'etc')];
  mkdirSync(log, { mode: 0o700 });
  mkdirSync(join(config, 'plugins.d'), { recursive: true });
  const full = ['space_left', 'admin_space_left', 'disk_full', 'disk_error'];
  const settings = [
    `log_file = ${log}/audit.log`,
    `plugin_dir = ${config}/plugins.d`,
    'log_format = ENRICHED',
    'flush = NONE',
    'local_events = yes',
    'space_left = 2',
    'admin_space_left = 1',
    ...full.map((what) => `${what}_action = IGNORE`),
  ];
  writeFileSync(join(config, 'auditd.conf'), `${settings.join('\n')}\n`, { mode: 0o640 });
  // The pid file is auditd's own alone.
  const script = 'mount -t tmpfs tmpfs /run && exec auditd -n -c "$1"';
  const child: ChildProcess = spawn('unshare', ['--mount', 'sh', '-c', script, 'sh', config], {
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await until('auditd runs', () => {
    if (child.exitCode !== null) throw new Error(`auditd ended with ${child.exitCode}`);
    return auditctl('-s').includes(`\npid ${child.pid}\n`);
  });
  auditctl('-R', rules);
  auditctl('-e', '1');
  return {
    pid: child.pid as number,
    path: `${log}/audit.log`,
    mounts: `mount --bind ${log} /var/log/audit`,
    async stop() {
      for (const key of ['coroner_kill', 'coroner_ask']) spawnSync('auditctl', ['-D', '-k', key]);
      child.kill('SIGTERM');
      await ended;
      spawnSync('auditctl', ['-e', '0']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
