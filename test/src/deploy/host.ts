import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootMachine, type Machine } from '../lab/stage/machine.ts';

const builder = fileURLToPath(new URL('../../../infra/dist/package/main.js', import.meta.url));

/** A machine on which packages are installed; all of it goes when it stops. */
export interface DeployedHost {
  machine: Machine;
  /** Builds the Debian package of a part; its path on the machine. */
  build(part: string, release: string): string;
  install(deb: string): void;
  /** Appends lines to a file of the machine. */
  configure(path: string, lines: readonly string[]): void;
  /** Of a unit's main process, in this process's pid namespace; 0 when it has none. */
  mainPid(unit: string): number;
  stop(): Promise<void>;
}

/** Boots it, with the programs of this host and its network. */
export async function bootHost(): Promise<DeployedHost> {
  const folder = mkdtempSync(join(tmpdir(), 'coroner-deploy-'));
  const name = `coroner-deploy-${process.pid}`;
  const options = { files: 'copied', network: 'of this host' } as const;
  const machine = await bootMachine(join(folder, 'machine'), name, options);
  // An image of a container may forbid packages to start what they install.
  machine.run('rm', '-f', '/usr/sbin/policy-rc.d');
  // It clears /tmp, which holds all that other tests have there.
  machine.run('systemctl', 'mask', 'systemd-tmpfiles-setup.service');
  machine.run('mkdir', '/packages');
  const inMachine = (path: string): string => `/proc/${machine.pid}/root${path}`;
  return {
    machine,
    build(part, release) {
      const args = [builder, '--part', part, '--release', release];
      const out = ['--out', inMachine('/packages')];
      const printed = execFileSync(process.execPath, [...args, ...out], { encoding: 'utf8' });
      const deb = printed.split('\n')[0] ?? '';
      return deb.slice(inMachine('').length);
    },
    install: (deb) => void machine.run('dpkg', '--force-unsafe-io', '--install', deb),
    configure: (path, lines) => appendFileSync(inMachine(path), `\n${lines.join('\n')}\n`),
    mainPid(unit) {
      const inside = machine.run('systemctl', 'show', '--property=MainPID', '--value', unit).trim();
      return inside === '0' ? 0 : hostPid(machine.pid, Number(inside));
    },
    async stop() {
      // An agent that is killed leaves its programs in the kernel.
      machine.run('sh', '-c', 'dpkg --purge coroner-agent || true');
      await machine.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The pid here of a process of the machine: NSpid of proc_pid_status(5) has both. */
function hostPid(init: number, inside: number): number {
  const namespace = readlinkSync(`/proc/${init}/ns/pid`);
  const isIt = (pid: string): boolean => {
    try {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const innermost = /^NSpid:.*\s(\d+)$/m.exec(status)?.[1];
      return Number(innermost) === inside && readlinkSync(`/proc/${pid}/ns/pid`) === namespace;
    } catch {
      // It ended meanwhile.
      return false;
    }
  };
  return Number(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .find(isIt) ?? 0,
  );
}
