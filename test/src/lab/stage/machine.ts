import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../stack/until.ts';
import { cgroupsNamed, isUnified, removeCgroup } from './cgroups.ts';
import { onlyChild } from './processes.ts';
import { sourceOf } from './programs.ts';
import { type Staged, stage } from './staged.ts';

/** A real systemd as the init of a container (programs/machine.sh). */
export interface Machine {
  /** Of its systemd, in the initial namespace. */
  pid: number;
  /** Runs a command in it to its end; what it printed. Throws when it fails. */
  run(command: string, ...args: string[]): string;
  /** Lets a command run in it that may outlive it; its pid in the initial namespace. */
  ask(command: string, ...args: string[]): Promise<number>;
  /** Runs one there that stays. */
  stage(command: string, ...args: string[]): Promise<Staged>;
  /** Writes a unit and starts it; waits until systemd says so unless it is not to succeed. */
  start(unit: string, lines: readonly string[]): void;
  stop(): Promise<void>;
}

export interface MachineOptions {
  /** Whether its files may be written; what is written goes with the machine. */
  files: 'read-only' | 'copied';
  network: 'own' | 'of this host';
}

const isolated: MachineOptions = { files: 'read-only', network: 'own' };

/** Boots it, in a second or less. `folder` is its own. Needs systemd, and root. */
export async function bootMachine(
  folder: string,
  name: string,
  { files, network }: MachineOptions = isolated,
): Promise<Machine> {
  const net = network === 'own' ? ['--net'] : [];
  const namespaces = ['--pid', '--mount', '--uts', '--ipc', ...net];
  mkdirSync(folder);
  const cgroups = cgroupsNamed(name);
  const enter = cgroups.map((path) => `echo $$ > ${path}/cgroup.procs`).join(' && ');
  const unshare = `unshare ${namespaces.join(' ')} --cgroup --fork --kill-child`;
  // It ends with the laboratory, however that ends.
  const bound = 'setpriv --pdeathsig KILL';
  const layout = isUnified() ? 'unified' : 'hybrid';
  const outer = await stage('sh', [
    '-c',
    `${enter} && exec ${bound} ${unshare} sh ${sourceOf('machine.sh')} ${folder} ${layout} ${files}`,
  ]);
  const pid = await until('unshare has a child', () => {
    if (outer.child.exitCode !== null) throw new Error(`no systemd: ${outer.output()}`);
    return onlyChild(outer.pid) || null;
  });
  const into = ['--target', String(pid), ...namespaces, '--'];
  const run = (command: string, ...args: string[]): string =>
    execFileSync('nsenter', [...into, command, ...args], { encoding: 'utf8', stdio: 'pipe' });
  await until('systemd answers', () => {
    try {
      return run('systemctl', 'is-active', 'lab.target').includes('active');
    } catch {
      // It still boots.
      return false;
    }
  }).catch((error: Error) => {
    throw new Error(`${error.message}\n${outer.output()}`);
  });
  return {
    pid,
    run,
    async ask(command, ...args) {
      const waiting = ['sh', '-c', 'read line; exec "$@"', 'sh', command, ...args];
      const asking = await stage('nsenter', [...into, ...waiting]);
      const pid = await until('the shell waits', () => onlyChild(asking.pid) || null);
      asking.go();
      return pid;
    },
    stage: (command, ...args) => stage('nsenter', [...into, command, ...args]),
    start(unit, lines) {
      const text = ['[Unit]', 'DefaultDependencies=no', '[Service]', ...lines, ''].join('\n');
      writeFileSync(join(`/proc/${pid}/root/etc/systemd/system`, unit), text);
      run('systemctl', 'start', '--no-block', unit);
    },
    async stop() {
      outer.child.kill('SIGKILL');
      await outer.gone;
      for (const path of cgroups) await removeCgroup(path);
    },
  };
}
