import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  coredumpId,
  oomdKillId,
  shutdownId,
  unitStates,
} from '../../formats/journal/message-ids.ts';

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
  'fcron',
  'fcrontab',
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
  'docker',
  'dockerd',
  'dockerd-current',
  'podman',
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

/**
 * auth and authpriv, syslog(3): what PAM says of sessions, under the name of whoever lets people in
 * (`gdm-password]`, `lightdm`, `xrdp-sesman`).
 */
const facilities = [4, 10];

/** By what they say, whoever says it: of an exec that failed the child itself does, as `(program)`. */
const messageIds = [...unitStates.keys(), coredumpId, oomdKillId, shutdownId];

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
    ...facilities.flatMap((facility) => ['+', `SYSLOG_FACILITY=${facility}`]),
    ...messageIds.flatMap((id) => ['+', `MESSAGE_ID=${id}`]),
    '+',
    '_TRANSPORT=audit',
    ...(hasKernelLog ? [] : ['+', '_TRANSPORT=kernel']),
  ];
}
