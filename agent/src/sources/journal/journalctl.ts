import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const programs = ['/usr/bin/journalctl', '/bin/journalctl', '/usr/local/bin/journalctl'];
const folders = ['/var/log/journal', '/run/log/journal'];

/** Path of journalctl; null when it is not installed. */
export function journalctlPath(): string | null {
  return programs.find((path) => existsSync(path)) ?? null;
}

/** Whether some journal is kept here: a machine's folder with a file in it. */
export function hasJournal(): boolean {
  return folders.some((folder) =>
    namesIn(folder).some((machine) =>
      namesIn(join(folder, machine)).some((name) => name.endsWith('.journal')),
    ),
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not there, or a file.
    return [];
  }
}

/** Programs whose messages tell how processes end; the journal itself leaves out all others. */
const identifiers = [
  'sshd',
  'sshd-session',
  'login',
  'su',
  'sudo',
  'pkexec',
  'doas',
  'cron',
  'CRON',
  'crond',
  'CROND',
  'anacron',
  'dropbear',
  'systemd',
  'systemd-logind',
  'systemd-coredump',
  'systemd-oomd',
  'systemd-shutdown',
  'earlyoom',
  'nohang',
  'nohang-desktop',
  'slurmstepd',
  'slurmd',
  'slurmctld',
  'dockerd',
  'containerd',
  'kubelet',
  'k3s',
  'abrtd',
  'abrt-hook-ccpp',
  'shutdown',
];

/** Arguments that follow the journal after `cursor`, else from now on. */
export function followArguments(cursor: string | null, hasKernelLog: boolean): string[] {
  return [
    '--output=json',
    '--follow',
    '--quiet',
    '--no-pager',
    '--all',
    ...(cursor === null ? ['--lines=0'] : ['--lines=all', `--after-cursor=${cursor}`]),
    '_PID=1',
    ...identifiers.flatMap((name) => ['+', `SYSLOG_IDENTIFIER=${name}`]),
    '+',
    '_TRANSPORT=audit',
    ...(hasKernelLog ? [] : ['+', '_TRANSPORT=kernel']),
  ];
}
