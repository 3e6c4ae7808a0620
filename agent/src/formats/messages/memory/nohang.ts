import type { RawEvent } from '../../../source.ts';
import { base, type Matcher, type Message, nothing } from '../message.ts';
import { unitName } from '../service/unit-line.ts';

interface Victim {
  pid: number | null;
  comm: string | null;
  cgroup: string | null;
}

const chosen = /^\s*PID: (\d{1,10}), [Nn]ame: (.*), badness: \d+/s;
const cached = /New victim is cached victim (\d{1,10}) \((.*)\)$/s;
/** The block of 0.1.x, a fact a line. */
const blockName = /^\s*Name: +(\S.{0,15}?)(?: +\(state: .*\))?\s*$/s;
const blockPid = /^\s*PID: +(\d{1,10})\s*$/;
const cgroup = /^\s*CGroup_v[12]: *(\/\S*)/;
const sent =
  /(?:^|: )\s*[Ss]end(?:ing)? (SIG\w+) to the (?:victim|process)(?: with PID (\d{1,10}))?/;
/** The first versions name the signal first, and the process on the next line. */
const trying = /trying to send the (SIG\w+) signal to (\S.{0,15}?),\s*$/s;
const tried = /^\s*Pid: (\d{1,10}), Badness: /;
/** Lines that a signal follows, in its own log without a time. */
const isAbout = /victim|orrective action|^\s*P(?:ID|id): |^\s*Name: |trying to send/;

/** nohang: the victim is named some lines before the signal is sent to it. */
export function nohangMatcher(): Matcher {
  let victim: Victim | null = null;
  let before: Message | null = null;
  let attempt: { signal: string; comm: string } | null = null;

  const killed = (message: Message, signal: string, { pid, comm, cgroup: inside }: Victim) => {
    const unit = inside?.split('/').findLast((name) => unitName.test(name)) ?? null;
    const event: RawEvent = {
      kind: 'oom-daemon-kill',
      ...base(message),
      // Its own log dates only the first line of several.
      at: message.at ?? before?.at ?? null,
      daemon: 'nohang',
      pid,
      comm,
      cgroup: inside,
      unit,
      signal,
      text: message.text.trim(),
    };
    victim = null;
    attempt = null;
    return [event];
  };

  const learn = (text: string): boolean => {
    const whole = chosen.exec(text) ?? cached.exec(text);
    if (whole) {
      victim = { pid: Number(whole[1]), comm: whole[2] ?? '', cgroup: null };
      return true;
    }
    const name = blockName.exec(text)?.[1];
    const pid = blockPid.exec(text)?.[1];
    const path = cgroup.exec(text)?.[1];
    if (name === undefined && pid === undefined && path === undefined) return false;
    victim ??= { pid: null, comm: null, cgroup: null };
    if (name !== undefined) victim.comm = name;
    if (pid !== undefined) victim.pid = Number(pid);
    if (path !== undefined) victim.cgroup = path;
    return true;
  };

  return {
    push(message): readonly RawEvent[] {
      const { text } = message;
      if (!isAbout.test(text) && !text.includes('CGroup_v')) return nothing;
      const last = before;
      before = message.at === null ? (last ?? message) : message;
      if (learn(text)) return nothing;
      const [, signal, comm] = trying.exec(text) ?? [];
      if (signal !== undefined && comm !== undefined) {
        attempt = { signal, comm };
        return nothing;
      }
      const target = attempt && tried.exec(text)?.[1];
      if (attempt && target) {
        const named = { pid: Number(target), comm: attempt.comm, cgroup: null };
        return killed(message, attempt.signal, named);
      }
      const [, name, pid] = sent.exec(text) ?? [];
      if (name === undefined) return nothing;
      const known = victim ?? { pid: null, comm: null, cgroup: null };
      const isOther = pid !== undefined && known.pid !== Number(pid);
      return killed(message, name, isOther ? { ...known, pid: Number(pid), comm: null } : known);
    },
    flush: () => nothing,
  };
}
