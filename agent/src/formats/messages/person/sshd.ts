import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

type Login = Extract<RawEvent, { kind: 'login' }>;
type Logout = Extract<RawEvent, { kind: 'logout' }>;

const acceptedLine = /^Accepted (\S+) for (.*) from (\S+) port (\d{1,10})(?:\s+ssh\d?.*)?$/s;
/** dropbear: `Password auth succeeded for 'root' from 10.0.0.5:4711`. */
const dropbearLine =
  /^(Password|Pubkey) auth succeeded for '(.*)' (?:with .* )?from (\S+):(\d{1,10})$/s;

/** sshd let somebody in. The user name is free text, so the line is read from its right end. */
export function accepted(message: Message): Login | null {
  const { text } = message;
  const match = text.startsWith('Accepted ')
    ? acceptedLine.exec(text)
    : text.includes(' auth succeeded for ')
      ? dropbearLine.exec(text)
      : null;
  if (!match) return null;
  return {
    kind: 'login',
    ...base(message),
    user: match[2] ?? null,
    from: match[3] ?? null,
    port: Number(match[4]),
    pid: message.pid,
    service: 'sshd',
    method: (match[1] ?? '').toLowerCase(),
    host: message.host,
  };
}

const failedLine =
  /^(?:error: PAM: .* for|Failed (\S+) for) (?:(?:invalid|illegal) user )?(.*) from (\S+)(?: port (\d{1,10}))?(?:\s+ssh\d?.*)?$/s;
/** dropbear: `Bad password attempt for 'root' from 10.0.0.5:4711`. */
const badPassword = /^Bad (password|PAM password) attempt for '(.*)' from (\S+?)(?::(\d{1,10}))?$/s;
const repeated = /^message repeated (\d{1,10}) times: \[ ?(.*)\]$/s;
const mostRepeats = 100;

/** Refused attempts, as many as the line stands for (`message repeated 3 times: […]`). */
export function failedLogin(message: Message): RawEvent[] {
  const again = message.text.startsWith('message repeated ') ? repeated.exec(message.text) : null;
  const text = again ? (again[2] ?? '') : message.text;
  const match = /^(?:Failed |error: PAM: )/.test(text)
    ? failedLine.exec(text)
    : text.startsWith('Bad ')
      ? badPassword.exec(text)
      : null;
  if (!match) return [];
  const event: RawEvent = {
    kind: 'login-failed',
    ...base(message),
    user: match[2] ?? null,
    from: match[3] ?? null,
    port: match[4] === undefined ? null : Number(match[4]),
    pid: message.pid,
    service: 'sshd',
    method: match[1]?.toLowerCase() ?? 'pam',
    host: message.host,
  };
  const times = again ? Math.min(Number(again[1]), mostRepeats) : 1;
  return Array.from({ length: times }, () => event);
}

const invalidLine = /^(?:Invalid|Illegal) user (.*) from (\S+?)(?: port (\d{1,10}))?$/s;

export function invalidUser(message: Message): RawEvent | null {
  const match = invalidLine.exec(message.text);
  if (!match) return null;
  return {
    kind: 'login-failed',
    ...base(message),
    user: match[1] ?? null,
    from: match[2] ?? null,
    port: match[3] === undefined ? null : Number(match[3]),
    pid: message.pid,
    service: 'sshd',
    host: message.host,
  };
}

const disconnectedLine = /^Disconnected from user (.*) (\S+) port (\d{1,10})$/s;

/** Somebody who was logged in is gone; `[preauth]` lines are of people who never were. */
export function disconnected(message: Message): Logout | null {
  const match = disconnectedLine.exec(message.text);
  if (!match) return null;
  return {
    kind: 'logout',
    ...base(message),
    user: match[1] ?? null,
    from: match[2] ?? null,
    port: Number(match[3]),
    pid: message.pid,
    service: 'sshd',
    host: message.host,
  };
}
