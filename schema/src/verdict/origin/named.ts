import type { Origin } from '../../http/answer.ts';
import type { Process } from '../../process.ts';
import { isNamed, lineage } from './ancestor.ts';

const runtimes: ReadonlySet<string> = new Set([
  'containerd-shim',
  'runc',
  'crun',
  'conmon',
  'dockerd',
  'containerd',
  'kubelet',
  'podman',
  'docker-init',
]);

const packageManagers: ReadonlySet<string> = new Set([
  'dpkg',
  'apt',
  'apt-get',
  'aptitude',
  'unattended-upgr',
  'rpm',
  'yum',
  'dnf',
  'zypper',
  'apk',
  'pacman',
  'needrestart',
]);

/** An origin that has a name and nothing more; `unknown` when nothing above the process tells. */
export function namedOrigin(process: Process): Origin {
  const above = lineage(process);
  const manager = above.find((ancestor) => isNamed(ancestor, packageManagers));
  if (manager) return { type: 'package-manager', name: manager.comm };
  const runtime = above.find(
    (ancestor) => isNamed(ancestor, runtimes) || ancestor.comm.startsWith('containerd-shim'),
  );
  if (runtime) return { type: 'container-runtime', name: runtime.comm };
  if (process.unit?.endsWith('.service') && !process.unit.startsWith('user@'))
    return { type: 'service', name: process.unit };
  return { type: 'unknown', name: above.at(-1)?.comm ?? null };
}
