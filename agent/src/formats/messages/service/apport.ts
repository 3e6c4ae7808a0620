import { signalName } from '@coroner/schema/signal';
import type { RawEvent } from '../../../source.ts';
import { base, type Matcher, type Message, nothing } from '../message.ts';

type Coredump = Extract<RawEvent, { kind: 'coredump' }>;

/** `pid 9: called for pid 77, signal 11, core limit 0`; in a log of its own without the first pid. */
const called =
  /^(?:pid \d{1,10}: )?called for (?:global )?pid (\d{1,10}), signal (\d{1,3}), core limit /;
const executable = /^executable: (\/.*?) \(command line /;

/** apport, the kernel's core pattern on Ubuntu: who died, then which program that was. */
export function apportMatcher(): Matcher {
  let held: Coredump | null = null;
  const release = (): RawEvent[] => {
    const events = held ? [held] : [];
    held = null;
    return events;
  };
  return {
    push(message) {
      const said = called.exec(message.text);
      if (said) {
        const before = release();
        held = coredump(message, Number(said[1]), Number(said[2]));
        return before;
      }
      const exe = held && executable.exec(message.text)?.[1];
      if (!exe || !held) return nothing;
      held = { ...held, exe, comm: exe.slice(exe.lastIndexOf('/') + 1).slice(0, commLength) };
      return release();
    },
    flush: release,
  };
}

/** TASK_COMM_LEN without its NUL. */
const commLength = 15;

function coredump(message: Message, pid: number, signal: number): Coredump {
  const facts = { pid, comm: '', exe: null, uid: null, signal: signalName(signal) };
  return { kind: 'coredump', ...base(message), ...facts };
}
