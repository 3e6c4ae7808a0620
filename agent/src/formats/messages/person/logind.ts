import type { RawEvent } from '../../../source.ts';
import { base, type Matcher, type Message, nothing } from '../message.ts';
import { recent } from '../recent.ts';

const remembered = 1024;
const began = /^New session '?(\S+?)'? of user '?(.+?)'?(?: with class '.*')?\.?$/;
const left = /^Session '?(\S+?)'? logged out\. Waiting for processes to exit\.$/;
const removed = /^Removed session '?(\S+?)'?\.$/;
const shutdowns: readonly [RegExp, string][] = [
  [/^(?:The system|System) (?:will reboot now|is rebooting)/, 'reboot'],
  [/^(?:The system|System) (?:will power off now|is powering down|is powering off)/, 'poweroff'],
  [/^(?:The system|System) (?:will halt now|is halted|is halting)/, 'halt'],
];

/** systemd-logind: sessions, and the shutdowns that somebody asked it for. */
export function logindMatcher(): Matcher {
  /** User of each open session; null once it was logged out. */
  const users = recent<string>(remembered);
  const gone = recent<true>(remembered);

  return {
    push(message) {
      const { text } = message;
      const login = began.exec(text);
      if (login) {
        const [, session = '', user = ''] = login;
        users.set(session, user);
        gone.take(session);
        return [event('login', message, session, user)];
      }
      const logout = left.exec(text) ?? removed.exec(text);
      if (!logout) return shutdown(message);
      const session = logout[1] ?? '';
      const user = users.take(session) ?? null;
      // "logged out" and then "Removed" are one end.
      if (gone.take(session)) return nothing;
      if (text.startsWith('Session ')) gone.set(session, true);
      return [event('logout', message, session, user)];
    },
    flush: () => nothing,
  };
}

function event(
  kind: 'login' | 'logout',
  message: Message,
  session: string,
  user: string | null,
): RawEvent {
  // The process that wrote the line is logind; only the journal knows the session's leader.
  const facts = { user, session, pid: null, service: 'systemd-logind', host: message.host };
  return { kind, ...base(message), ...facts };
}

function shutdown(message: Message): readonly RawEvent[] {
  const how = shutdowns.find(([form]) => form.test(message.text))?.[1];
  if (!how) return nothing;
  return [{ kind: 'shutdown', ...base(message), how, host: message.host }];
}
