import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

/** cron (Debian, FreeBSD, macOS), cronie: `(root) CMD (command)`, the command to the last bracket. */
const mark = ') CMD (';
/** dcron, busybox: `USER root pid 1234 cmd run-parts /etc/periodic/15min`. */
const busybox = /^(?:crond: )?USER (\S+) pid\s+(\d{1,10}) cmd (.*)$/s;
/** dcron: `FILE /var/spool/cron/root USER root PID 1234 job sys-daily`, or the command. */
const dcron = /^FILE \S+ USER (\S+) PID\s+(\d{1,10}) (?:job |cmd )?(.*)$/s;
/** anacron: ``Job `cron.daily' started``. */
const anacron = /^Job [`'](.*)' started$/s;
/** fcron: `Job 'command' started for user root (pid 1234)`. */
const fcron = /^Job '?(.*?)'? started for user (\S+) \(pid (\d{1,10})\)$/s;

/** A cron daemon ran a command. */
export function cronLine(message: Message): RawEvent | null {
  const { text, host } = message;
  const common = { kind: 'cron-run', ...base(message), host } as const;
  const cmd = ran(text.trim());
  if (cmd) return { ...common, ...cmd, pid: message.pid };
  const user = busybox.exec(text) ?? dcron.exec(text);
  if (user)
    return { ...common, user: user[1] ?? null, pid: Number(user[2]), command: user[3] ?? '' };
  const job = fcron.exec(text);
  if (job) return { ...common, user: job[2] ?? null, pid: Number(job[3]), command: job[1] ?? '' };
  const period = anacron.exec(text);
  if (!period) return reloaded(message);
  return { ...common, user: null, pid: message.pid, command: period[1] ?? '' };
}

/** atd: `Starting job 5 (a0000501c2f3a4) for user 'alice' (1000)`. */
const atJob = /^Starting job (\d{1,10} \(\w{1,32}\)) for user '(.{1,64})' \(\d{1,10}\)$/s;

/** The at daemon ran a job; the line does not say which command it holds. */
export function atLine(message: Message): RawEvent | null {
  const [, job, user = null] = atJob.exec(message.text.trim()) ?? [];
  if (job === undefined) return null;
  const { pid, host } = message;
  return { kind: 'cron-run', ...base(message), host, user, pid, command: `at job ${job}` };
}

/** `(root) RELOAD (crontabs/root)`, `(*system*) RELOAD (/etc/cron.d/x)`: the daemon found a file changed. */
const reload = /^\((.{1,255}?)\) RELOAD \((.{1,512})\)$/s;

/** A crontab was changed, by whom the daemon does not know. */
function reloaded(message: Message): RawEvent | null {
  const [, owner = '', file] = reload.exec(message.text.trim()) ?? [];
  if (file === undefined) return null;
  return {
    ...{ kind: 'cron-change', ...base(message), user: null, action: 'reload', file },
    owner: owner.startsWith('*system*') ? null : owner,
    pid: message.pid,
  };
}

/** crontab(1) of cron and cronie: who changed whose crontab. */
const changed = /^\((.{1,64}?)\) (REPLACE|DELETE|BEGIN EDIT|END EDIT|EDIT) \((.{1,64})\)$/s;
/** fcrontab. */
const installed = /^installing file \S+ for user (\S+)$/;

/** Somebody wrote, edited or took away a crontab. */
export function crontabLine(message: Message): RawEvent | null {
  const { pid } = message;
  const text = message.text.trim();
  const said = changed.exec(text);
  const common = { kind: 'cron-change', ...base(message), pid } as const;
  if (said) {
    const [, user = '', action = '', owner = ''] = said;
    return { ...common, user, owner, action: action.toLowerCase().replace(' ', '-') };
  }
  const owner = installed.exec(text)?.[1];
  return owner === undefined ? null : { ...common, user: null, owner, action: 'replace' };
}

function ran(text: string): { user: string | null; command: string } | null {
  const at = text.startsWith('(') && text.endsWith(')') ? text.indexOf(mark) : -1;
  if (at < 0) return null;
  return { user: text.slice(1, at) || null, command: text.slice(at + mark.length, -1).trim() };
}
