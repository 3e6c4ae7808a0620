import type { RawEvent } from '../../../source.ts';
import { base, type Matcher, type Message, nothing } from '../message.ts';
import { recent } from '../recent.ts';
import { pendingFailures } from './failures.ts';
import { pamFailure, pamLine, pamSession } from './pam.ts';
import { accepted, disconnected, failedLogin, invalidUser, tooManyAttempts } from './sshd.ts';
import { terminalLogin } from './terminal-login.ts';

const remembered = 1024;

/**
 * Logins and logouts of sshd, login, su, gdm …: several lines say the same (sshd's own, then
 * PAM's), and one event comes of them.
 */
export function sessionMatcher(): Matcher {
  /** sshd said whom it let in: PAM's line, which follows, adds nothing. */
  const logins = recent<string>(remembered);
  /** PAM opened a session for login(1), whose own line follows. */
  const terminals = recent<string>(remembered);
  /** How many "Disconnected" lines of a user still wait for PAM's "session closed". */
  const disconnects = recent<number>(remembered);
  const failures = pendingFailures();
  /** Processes of whom a failure was told: sshd's last word is about the same. */
  const refused = recent<true>(remembered);

  const key = (message: Message): string => `${message.host}/${message.pid}`;

  const hold = (
    message: Message,
    said: 'unknown-user' | 'pam' | 'sshd-about-pam',
    event: RawEvent,
  ) => {
    refused.set(key(message), true);
    return failures.hold(key(message), said, event);
  };

  return {
    push(message) {
      const pam = pamLine(message);
      if (pam) {
        const session = pamSession(pam);
        if (session?.kind === 'opened') {
          if (logins.take(key(message)) === session.user) return nothing;
          if (pam.service === 'login') terminals.set(key(message), session.user);
          return [event('login', message, session.user, pam.service)];
        }
        if (session) {
          const pending = disconnects.take(session.user) ?? 0;
          if (pending > 1) disconnects.set(session.user, pending - 1);
          if (pending > 0) return nothing;
          return [event('logout', message, session.user, pam.service)];
        }
        const failure = pamFailure(message, pam);
        if (!failure) return nothing;
        // sshd itself follows with "Failed password for …".
        return isSshd(message) ? hold(message, 'pam', failure) : [failure];
      }
      const terminal = isLogin(message) ? terminalLogin(message) : null;
      if (terminal?.kind === 'login')
        return terminals.take(key(message)) === terminal.user ? nothing : [terminal];
      if (terminal) return [terminal];
      if (!isSshd(message)) return nothing;
      const login = accepted(message);
      if (login) {
        logins.set(key(message), login.user ?? '');
        failures.drop(key(message));
        return [login];
      }
      const failed = failedLogin(message);
      if (message.text.startsWith('error: PAM: ') && failed[0])
        return hold(message, 'sshd-about-pam', failed[0]);
      if (failed.length > 0) {
        refused.set(key(message), true);
        failures.drop(key(message));
        return failed;
      }
      const last = tooManyAttempts(message);
      if (last) return refused.take(key(message)) ? nothing : [last];
      const unknown = invalidUser(message);
      if (unknown) return hold(message, 'unknown-user', unknown);
      const logout = disconnected(message);
      if (!logout)
        return /^(?:Connection|Disconnect|Received disc)/.test(message.text)
          ? failures.release(key(message))
          : nothing;
      disconnects.set(logout.user ?? '', (disconnects.take(logout.user ?? '') ?? 0) + 1);
      return [...failures.release(key(message)), logout];
    },
    flush: () => failures.flush(),
  };
}

function isLogin({ program }: Message): boolean {
  return program === 'login' || program === '-- root';
}

function isSshd({ program }: Message): boolean {
  return program === 'sshd' || program === 'sshd-session' || program === 'dropbear';
}

function event(
  kind: 'login' | 'logout',
  message: Message,
  user: string,
  service: string,
): RawEvent {
  const { pid, host } = message;
  return { kind, ...base(message), user, pid, service, host };
}
