import type { RawEvent } from '../../../source.ts';
import { type Matcher, type Message, nothing } from '../message.ts';
import { sudoLine } from './sudo.ts';

const begins = /^: (\S+ : .*)$/s;
const mostChars = 64 * 1024;

/**
 * sudo's own file (sudoers(5), `logfile`): `Feb  6 11:37:41 2026 : alice : TTY=… ;`, wrapped at blanks
 * after `loglinelen` characters, with the rest indented.
 */
export function sudoFileMatcher(): Matcher {
  let held: Message | null = null;
  const release = (): readonly RawEvent[] => {
    const event = held && sudoLine(held);
    held = null;
    return event ? [event] : nothing;
  };
  return {
    push(message) {
      const begun = begins.exec(message.text)?.[1];
      if (begun !== undefined) {
        const before = release();
        held = { ...message, program: 'sudo', text: begun };
        return before;
      }
      if (!held) return nothing;
      if (message.at !== null) return release();
      if (held.text.length < mostChars)
        held = { ...held, text: `${held.text.trimEnd()} ${message.text}` };
      return nothing;
    },
    flush: release,
  };
}
