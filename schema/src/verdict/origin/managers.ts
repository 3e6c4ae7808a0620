import type { Ancestor } from '../../process.ts';
import { isNamed } from './ancestor.ts';

const runtimes: ReadonlySet<string> = new Set([
  'runc',
  'crun',
  'runsc',
  'youki',
  'conmon',
  'conmonrs',
  'dockerd',
  'containerd',
  'crio',
  'podman',
  'docker-init',
  'lxd',
]);
/** containerd-shim-runc-v2; lxc-start, lxc-stop. */
const runtimeFamilies = /^(?:containerd-shim|lxc-)/;

const packageManagers: ReadonlySet<string> = new Set([
  'dpkg',
  'apt',
  'apt-get',
  'aptitude',
  'unattended-upgr',
  'rpm',
  'yum',
  'dnf',
  'dnf5',
  'zypper',
  'apk',
  'pacman',
  'needrestart',
]);

/** Kernel names of agents that act for somebody elsewhere, or keep processes running, and what people call them. */
const orchestrators: ReadonlyMap<string, string> = new Map([
  ['salt-minion', 'salt-minion'],
  ['puppet', 'puppet'],
  ['puppet-agent', 'puppet'],
  ['chef-client', 'chef-client'],
  ['cinc-client', 'cinc-client'],
  ['cf-agent', 'cf-agent'],
  ['kubelet', 'kubelet'],
  ['k3s-agent', 'k3s'],
  ['k3s-server', 'k3s'],
  ['nomad', 'nomad'],
  ['supervisord', 'supervisord'],
  ['circusd', 'circusd'],
  ['monit', 'monit'],
  ['runsv', 'runit'],
  ['s6-supervise', 's6'],
  ['gitlab-runner', 'gitlab-runner'],
  ['buildkite-agent', 'buildkite-agent'],
  ['Runner.Worker', 'GitHub Actions runner'],
  ['slurmstepd', 'slurm'],
  ['amazon-ssm-agen', 'amazon-ssm-agent'],
  ['ssm-agent-worke', 'amazon-ssm-agent'],
  ['ssm-session-wor', 'amazon-ssm-agent'],
  ['nrpe', 'nrpe'],
]);

const pm2Daemon = /^PM2 v[\d.]+: God/;
/** Where ansible puts the modules that it runs on a host. */
const ansibleModule = /\/ansible-tmp-\d|\/AnsiballZ_\w+\.py|\/\.ansible\/tmp\//;

export const isPackageManager = (ancestor: Ancestor): boolean => isNamed(ancestor, packageManagers);

export const isRuntime = (ancestor: Ancestor): boolean =>
  isNamed(ancestor, runtimes) || runtimeFamilies.test(ancestor.comm);

/** What orchestrates, by its name or by where its program lies; null for anything else. */
export function orchestratorOf(ancestor: Ancestor): string | null {
  if (pm2Daemon.test(ancestor.comm)) return 'pm2';
  if (ancestor.cmdline?.some((word) => ansibleModule.test(word))) return 'ansible';
  return orchestrators.get(ancestor.comm) ?? null;
}
