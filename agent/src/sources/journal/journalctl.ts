import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const programs = ['/usr/bin/journalctl', '/bin/journalctl', '/usr/local/bin/journalctl'];
const folders = ['/var/log/journal', '/run/log/journal'];

/** Path of journalctl; null when it is not installed. */
export function journalctlPath(): string | null {
  return programs.find((path) => existsSync(path)) ?? null;
}

/** Whether some journal is kept in `directory`, or else on this host: a machine's folder with a file in it. */
export function hasJournal(directory: string | null): boolean {
  return (directory === null ? folders : [directory]).some((folder) =>
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
  'gdm-password]',
  'gdm-autologin]',
  'su',
  'sudo',
  'pkexec',
  'doas',
  'cron',
  'CRON',
  'crond',
  'CROND',
  'anacron',
  'crontab',
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
  'conmon',
  'podman',
  'crio',
  'apport',
  'supervisord',
  'postgres',
  'nginx',
  'php-fpm',
  'httpd',
  'apache2',
  'gunicorn',
  'uwsgi',
];

/** Arguments that follow the journal after `cursor`, else from a time on, ms since 1970. */
export function followArguments(
  directory: string | null,
  cursor: string | null,
  sinceMs: number,
  hasKernelLog: boolean,
): string[] {
  return [
    ...(directory === null ? [] : [`--directory=${directory}`]),
    '--output=json',
    '--follow',
    '--quiet',
    '--no-pager',
    '--all',
    '--lines=all',
    cursor === null ? `--since=@${Math.floor(sinceMs / 1000)}` : `--after-cursor=${cursor}`,
    ...journalMatches(hasKernelLog),
  ];
}

/** Matches that choose the entries which may tell how processes end. */
export function journalMatches(hasKernelLog: boolean): string[] {
  return [
    '_PID=1',
    ...identifiers.flatMap((name) => ['+', `SYSLOG_IDENTIFIER=${name}`]),
    '+',
    '_TRANSPORT=audit',
    ...(hasKernelLog ? [] : ['+', '_TRANSPORT=kernel']),
  ];
}
