import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';

/** Evidence that hosts keep and that this version reads from files only, not by itself. */
const unread: readonly {
  source: string;
  /** Where it lies; the first that is there counts. */
  paths: readonly string[];
  /** Its writer runs: a process of this name; null where there is none. */
  daemon: string | null;
  format: string;
  enable: string;
}[] = [
  {
    source: 'journald',
    paths: ['/var/log/journal', '/run/log/journal'],
    daemon: 'systemd-journal',
    format: 'journal',
    enable: 'run systemd-journald; mkdir /var/log/journal keeps it over boots',
  },
  {
    source: 'auditd',
    paths: ['/var/log/audit/audit.log'],
    daemon: 'auditd',
    format: 'audit',
    enable: 'apt-get install auditd, and log the kill syscalls',
  },
  {
    source: 'wtmp',
    paths: ['/var/log/wtmp'],
    daemon: null,
    format: 'wtmp',
    enable: 'touch /var/log/wtmp',
  },
  {
    source: 'cron',
    paths: ['/etc/crontab', '/etc/cron.d', '/var/spool/cron'],
    daemon: 'cron',
    format: 'crontab',
    enable: 'no crontab here: nothing to do',
  },
  {
    source: 'pacct',
    paths: ['/var/log/account/pacct', '/var/account/pacct'],
    daemon: null,
    format: 'pacct',
    enable: 'apt-get install acct && accton on',
  },
];

/** What else this host keeps. None of it is read by `run` in this version, and the status says so. */
export function unreadSources(): SourceStatus[] {
  const running = runningNames();
  return unread.map(({ source, paths, daemon, format, enable }) => {
    const path = paths.find((one) => existsSync(one));
    if (path === undefined)
      return { source, state: 'missing', why: `none of ${paths.join(', ')} is there`, enable };
    const writer =
      daemon === null
        ? ''
        : [...running].some((name) => name.startsWith(daemon))
          ? `, ${daemon} runs`
          : `, ${daemon} does not run`;
    return {
      source,
      state: 'off',
      why: `${path} is there${writer}; this version does not follow it`,
      enable: `coroner-agent read ${format} FILE`,
    };
  });
}

function runningNames(): Set<string> {
  const names = new Set<string>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      names.add(readFileSync(`/proc/${entry}/comm`, 'utf8').trimEnd());
    } catch {
      // It ended in between.
    }
  }
  return names;
}
