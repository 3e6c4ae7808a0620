import { signalName, signalNumber } from '@coroner/schema/signal';
import type { RawEvent } from '../../../source.ts';
import { base, type Matcher, type Message, nothing } from '../message.ts';

type Kill = Extract<RawEvent, { kind: 'oom-daemon-kill' }>;

/** Every version: 1.3 and later, 1.2, 1.0 and 1.1, before. The name is quoted, and may hold quotes. */
const forms: readonly RegExp[] = [
  /^sending (?<signal>SIG\w+) to process (?<pid>\d{1,10}) (?:uid (?<uid>\d{1,10}) )?"(?<comm>.*)": (?:badness|oom_score) /s,
  /^killing process (?<pid>\d{1,10}) "(?<comm>.*)" with signal (?<signal>\d{1,3}): badness /s,
  /^Killing process '?(?<comm>.*?)'? with signal (?<signal>\d{1,3}), pid: (?<pid>\d{1,10}),/s,
  /^Killing process (?<pid>\d{1,10}) (?<comm>\S.{0,15})$/s,
  // Cut behind the name, or within it.
  /^sending (?<signal>SIG\w+) to process (?<pid>\d{1,10}) (?:uid (?<uid>\d{1,10}) )?"(?:(?<comm>[^"]{0,15})"(?:: ?\w{0,9})?|[^"]{0,15})$/s,
];
const outcome = /^(?:process (?:\d+ )?(?:exited|did not exit)|kill failed: )/;
const escalation = /^escalating to SIGKILL after /;
const isMine = /^(?:sending SIG|[Kk]illing process |escalating|process |kill failed)/;

/** earlyoom: whom it signalled; how that went follows on a later line and is added to `text`. */
export function earlyoomMatcher(): Matcher {
  let held: Kill | null = null;
  const release = (): RawEvent[] => {
    const events = held ? [held] : [];
    held = null;
    return events;
  };
  return {
    push(message) {
      if (!isMine.test(message.text)) return nothing;
      const kill = signalled(message);
      if (kill) {
        const before = release();
        held = kill;
        return before;
      }
      if (!held) return nothing;
      if (outcome.test(message.text)) {
        held = { ...held, text: `${held.text}; ${message.text}` };
        return release();
      }
      if (!escalation.test(message.text)) return nothing;
      const first = held;
      held = { ...first, ...base(message), signal: 'SIGKILL', text: message.text };
      return [first];
    },
    flush: release,
  };
}

function signalled(message: Message): Kill | null {
  for (const form of forms) {
    const said = form.exec(message.text)?.groups;
    if (!said) continue;
    // Signal 0 only asks whether the process is there (--dryrun).
    const number = said['signal'] === undefined ? null : signalNumber(said['signal']);
    if (number === 0) return null;
    return {
      kind: 'oom-daemon-kill',
      ...base(message),
      daemon: 'earlyoom',
      pid: Number(said['pid']),
      comm: said['comm'] ?? null,
      uid: said['uid'] === undefined ? null : Number(said['uid']),
      cgroup: null,
      unit: null,
      signal: number === null ? null : signalName(number),
      text: message.text,
    };
  }
  return null;
}
