import type { RawEvent } from '../../source.ts';
import type { Clock } from '../log/clock/clock.ts';
import { dateStamp } from '../log/stamp/date.ts';
import { localTime } from './local-time.ts';

/** dnf.rpm.log: `2023-05-05T10:00:00+0000 SUBDEBUG Upgraded: bash-5.1.8-6.el9.x86_64`. */
const dnf = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([+-]\d\d):?(\d\d) \w+ (\w+): (\S+)$/;
/** yum.log, without a year: `Feb 01 10:00:00 Updated: 1:nginx-1.20.1-10.el7.x86_64`. */
const yum = /^(Installed|Dep-Installed|Updated|Erased|Obsoleted): (?:(\d{1,9}):)?(\S+)$/;
/** /var/log/zypp/history: `2023-05-05 10:00:00|install|bash|5.1-6|x86_64|root@web-3|repo|sum`. */
const zypp = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\|(install|remove )\|([^|]+)\|([^|]*)\|/;
const yumActions: Readonly<Record<string, string>> = {
  Installed: 'install',
  'Dep-Installed': 'install',
  Updated: 'upgrade',
  Erased: 'remove',
  Obsoleted: 'remove',
};
const actions: Readonly<Record<string, string>> = {
  Installed: 'install',
  Upgrade: 'upgrade',
  Downgrade: 'downgrade',
  Reinstall: 'reinstall',
  Erase: 'remove',
  Erased: 'remove',
  Removed: 'remove',
};
/** `bash-5.1.8-6.el9.x86_64`; version and release have digits, parts of a name rarely. */
const nevra =
  /^(.+?)-((?:\d+:)?(?=[^-]*\d)[^-]+-(?=[^-]*\d)[^-]+?)(?:\.(?:noarch|src|[\w]*\d[\w]*|armv\w+|aarch64|riscv64))?$/;

/** A line of dnf.rpm.log; null for what is no change. The old package goes as "Upgraded". */
export function dnfLine(text: string): RawEvent | null {
  const [, time, hours, minutes, word, name] = dnf.exec(text) ?? [];
  const action = word === undefined ? undefined : actions[word];
  if (time === undefined || action === undefined || name === undefined) return null;
  const atMs = Date.parse(`${time}${hours}:${minutes}`);
  // No such day: what a torn line or a wrong hand left.
  return Number.isNaN(atMs) ? null : change(new Date(atMs).toISOString(), action, name);
}

/** A line of yum.log; null for what is no change. */
export function yumLine(text: string, { instant }: Pick<Clock, 'instant'>): RawEvent | null {
  const stamp = dateStamp(text);
  const [, word = '', epoch, name] = (stamp && yum.exec(text.slice(stamp.length))) ?? [];
  const action = yumActions[word];
  const at = stamp?.time ? instant(stamp.time) : null;
  if (at === null || name === undefined || action === undefined) return null;
  return change(at, action, name, epoch);
}

/** A line of /var/log/zypp/history; null for what is not about a package. */
export function zyppLine(text: string, timeZone: string | undefined): RawEvent | null {
  const [, time, action, name, version] = zypp.exec(text) ?? [];
  const at = time === undefined ? null : localTime(time, timeZone);
  if (at === null || action === undefined || name === undefined) return null;
  return {
    ...{ kind: 'package-change', source: 'packages', at, manager: 'rpm' },
    ...{ action: action.trim(), package: name, toVersion: version || null },
  };
}

function change(at: string, action: string, name: string, epoch?: string): RawEvent {
  const [, plain = name, printed = null] = nevra.exec(name) ?? [];
  const version = epoch === undefined || printed === null ? printed : `${epoch}:${printed}`;
  const gone = action === 'remove';
  return {
    ...{ kind: 'package-change', source: 'packages', at, manager: 'rpm', action, package: plain },
    ...(gone ? { fromVersion: version } : { toVersion: version }),
  };
}
