import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';
import { unitName } from '../service/unit-line.ts';

/** Some copies lack the reason. */
const killed = /^Killed (\/\S*)(?: due to .*)?$/s;
const attempt = /^oomd attempting to kill (\d{1,10}) with (?:SIG)?(\w+)$/;

/** systemd-oomd: a cgroup killed, or (debug level) each process in it. It names no victim. */
export function oomdLine(message: Message): RawEvent | null {
  const { text } = message;
  if (text.startsWith('[DRY RUN]')) return null;
  const common = { kind: 'oom-daemon-kill', ...base(message), daemon: 'systemd-oomd' } as const;
  const pid = attempt.exec(text);
  if (pid)
    return {
      ...common,
      pid: Number(pid[1]),
      comm: null,
      cgroup: null,
      unit: null,
      signal: `SIG${pid[2]}`,
      text,
    };
  const cgroup = killed.exec(text)?.[1];
  if (cgroup === undefined) return null;
  return {
    ...common,
    pid: null,
    comm: null,
    cgroup,
    unit: unitOf(cgroup),
    signal: null,
    text,
  };
}

/** The innermost unit of a cgroup path. */
function unitOf(cgroup: string): string | null {
  return cgroup.split('/').findLast((name) => unitName.test(name)) ?? null;
}

/** Pressures, the cgroup, its memory, and which rule of which plugin: BaseKillPlugin.cpp. */
const facebook =
  /^(?:oomd kill: )?(?:\d{1,3}\.\d\d ){3}(?<cgroup>\S{1,255}) \d{1,20} ruleset:\[[^\]]{0,64}\] detectorgroup:\[[^\]]{0,64}\] killer:(?!\(dry\))\S{1,64} v2\b/;

/** Facebook's oomd, which writes into the kernel's ring: a cgroup killed. */
export function facebookOomdLine(message: Message): RawEvent | null {
  const cgroup = facebook.exec(message.text)?.groups?.['cgroup'];
  if (cgroup === undefined) return null;
  return {
    ...{ kind: 'oom-daemon-kill', ...base(message), daemon: 'oomd', pid: null, comm: null },
    ...{ cgroup: `/${cgroup.replace(/^\//, '')}`, unit: unitOf(cgroup), signal: null },
    text: message.text,
  };
}
