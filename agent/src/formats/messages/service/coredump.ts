import { signalName } from '@coroner/schema/signal';
import type { RawEvent } from '../../../source.ts';
import { base, type Matcher, type Message, nothing } from '../message.ts';
import { recent } from '../recent.ts';

export type Coredump = Extract<RawEvent, { kind: 'coredump' }>;

const remembered = 256;
/** systemd-coredump; a glyph `[🡕] ` may stand before it. The name may hold anything. */
const dumped =
  /^(?:\[[^\]]{1,16}\] )?Process (\d{1,10}) \((.*)\)(?: of user (\d{1,10}))? (dumped core|terminated abnormally|received a fatal signal)(.*)$/s;
const withSignal = /^ with signal (\d{1,10})\//;
/** Of journald and of pid 1, whose cores it does not log as others': the name of the file says whose. */
const diverted =
  /^Detected coredump of the journal daemon.{0,20}, diverted to \S*\/core\.(\S{1,64})\.(\d{1,10})\.[0-9a-f]{32}\.(\d{1,10})\.\d/;
/** abrt's hook on RHEL 7, and its daemon on RHEL 6. */
const abrtHook = /^Process (\d{1,10}) \((.*)\) of user (\d{1,10}) killed by (SIG[A-Z0-9+]+) - /s;
const abrtSaved = /^[Ss]aved core dump of pid (\d{1,10})(?: \((.*)\))? to \S+/s;

/** The end of a process that dumped core, or would have. */
export function coredumpMatcher(): Matcher {
  /** Newer systemd says it twice: first with the signal, then how the dump went. */
  const announced = recent<true>(remembered);
  return {
    push(message) {
      const own = diverted.exec(message.text);
      if (own) return [coredump(message, Number(own[3]), own[1] ?? '', Number(own[2]), null)];
      const match = dumped.exec(message.text);
      if (!match) return nothing;
      const [, pid = '', comm = '', uid, , rest = ''] = match;
      const number = withSignal.exec(rest)?.[1];
      if (number === undefined && announced.take(pid)) return nothing;
      if (number !== undefined) announced.set(pid, true);
      const signal = number === undefined ? null : signalName(Number(number));
      return [coredump(message, Number(pid), comm, uid === undefined ? null : Number(uid), signal)];
    },
    flush: () => nothing,
  };
}

export function abrtLine(message: Message): RawEvent | null {
  const hook = abrtHook.exec(message.text);
  if (hook) {
    const [, pid, comm = '', uid, signal = null] = hook;
    return coredump(message, Number(pid), comm, Number(uid), signal);
  }
  const saved = abrtSaved.exec(message.text);
  const exe = saved?.[2];
  if (!saved || exe === undefined) return null;
  const comm = exe.slice(exe.lastIndexOf('/') + 1);
  return { ...coredump(message, Number(saved[1]), comm, null, null), exe };
}

/** A core that was written, as far as the line tells. */
export function coredump(
  message: Message,
  pid: number,
  comm: string,
  uid: number | null,
  signal: string | null,
): Coredump {
  return { kind: 'coredump', ...base(message), pid, comm, exe: null, uid, signal };
}
