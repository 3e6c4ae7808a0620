import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

/** cron (Debian, FreeBSD, macOS), cronie: `(root) CMD (command)`, the command to the last bracket. */
const ran = /^\s*\((.*?)\) CMD \((.*)\)\s*$/s;
/** dcron, busybox: `USER root pid 1234 cmd run-parts /etc/periodic/15min`. */
const busybox = /^USER (\S+) pid\s+(\d{1,10}) cmd (.*)$/s;
/** anacron: ``Job `cron.daily' started``. */
const anacron = /^Job [`'](.*)' started$/s;
/** fcron: `Job 'command' started for user root (pid 1234)`. */
const fcron = /^Job '?(.*?)'? started for user (\S+) \(pid (\d{1,10})\)$/s;

/** A cron daemon ran a command. */
export function cronLine(message: Message): RawEvent | null {
  const { text, host } = message;
  const common = { kind: 'cron-run', ...base(message), host } as const;
  const cmd = ran.exec(text);
  if (cmd)
    return { ...common, user: cmd[1] || null, pid: message.pid, command: (cmd[2] ?? '').trim() };
  const user = busybox.exec(text);
  if (user)
    return { ...common, user: user[1] ?? null, pid: Number(user[2]), command: user[3] ?? '' };
  const job = fcron.exec(text);
  if (job) return { ...common, user: job[2] ?? null, pid: Number(job[3]), command: job[1] ?? '' };
  const period = anacron.exec(text);
  if (!period) return null;
  return { ...common, user: null, pid: message.pid, command: period[1] ?? '' };
}
