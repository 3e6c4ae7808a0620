import type { RawEvent } from '../../source.ts';
import { localTime } from './local-time.ts';

/** dnf.rpm.log: `2023-05-05T10:00:00+0000 SUBDEBUG Upgraded: bash-5.1.8-6.el9.x86_64`. */
const dnf = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)([+-]\d\d):?(\d\d) \w+ (\w+): (\S+)$/;
/** /var/log/zypp/history: `2023-05-05 10:00:00|install|bash|5.1-6|x86_64|root@web-3|repo|sum`. */
const zypp = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\|(install|remove )\|([^|]+)\|([^|]*)\|/;
const actions: Readonly<Record<string, string>> = {
  Installed: 'install',
  Upgrade: 'upgrade',
  Downgrade: 'downgrade',
  Reinstall: 'reinstall',
  Erase: 'remove',
  Erased: 'remove',
  Removed: 'remove',
};
/** `bash-5.1.8-6.el9.x86_64`. */
const nevra =
  /^(.+?)-((?:\d+:)?[^-]+-[^-]+?)(?:\.(?:noarch|src|[\w]*\d[\w]*|armv\w+|aarch64|riscv64))?$/;

/** A line of dnf.rpm.log; null for what is no change. The old package goes as "Upgraded". */
export function dnfLine(text: string): RawEvent | null {
  const [, time, hours, minutes, word, name] = dnf.exec(text) ?? [];
  const action = word === undefined ? undefined : actions[word];
  if (time === undefined || action === undefined || name === undefined) return null;
  return change(new Date(`${time}${hours}:${minutes}`).toISOString(), action, name);
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

function change(at: string, action: string, name: string): RawEvent {
  const [, plain = name, version = null] = nevra.exec(name) ?? [];
  const gone = action === 'remove';
  return {
    ...{ kind: 'package-change', source: 'packages', at, manager: 'rpm', action, package: plain },
    ...(gone ? { fromVersion: version } : { toVersion: version }),
  };
}
