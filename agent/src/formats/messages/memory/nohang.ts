import type { RawEvent } from '../../../source.ts';
import { base, type Matcher, nothing } from '../message.ts';
import { unitName } from '../service/unit-line.ts';

interface Victim {
  readonly pid: number;
  readonly comm: string;
  cgroup: string | null;
}

const chosen = /^\s*PID: (\d{1,10}), [Nn]ame: (.*), badness: \d+/s;
const cgroup = /^\s*CGroup_v[12]: *(\/\S*)/;
const sent = /(?:^|: )\s*(?:Sending|Send) (SIG\w+) to the victim/;

/** nohang: the victim is named some lines before the signal is sent to it. */
export function nohangMatcher(): Matcher {
  let victim: Victim | null = null;
  return {
    push(message): readonly RawEvent[] {
      const { text } = message;
      const named = chosen.exec(text);
      if (named) {
        victim = { pid: Number(named[1]), comm: named[2] ?? '', cgroup: null };
        return nothing;
      }
      const path = cgroup.exec(text)?.[1];
      if (path !== undefined && victim) {
        victim.cgroup = path;
        return nothing;
      }
      const signal = sent.exec(text)?.[1];
      if (signal === undefined) return nothing;
      const { pid = null, comm = null, cgroup: inside = null } = victim ?? {};
      victim = null;
      const unit = inside?.split('/').findLast((name) => unitName.test(name)) ?? null;
      return [
        {
          kind: 'oom-daemon-kill',
          ...base(message),
          daemon: 'nohang',
          pid,
          comm,
          cgroup: inside,
          unit,
          signal,
          text: text.trim(),
        },
      ];
    },
    flush: () => nothing,
  };
}
