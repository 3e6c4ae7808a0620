import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

type Login = Extract<RawEvent, { kind: 'login' }>;
type Logout = Extract<RawEvent, { kind: 'logout' }>;

/**
 * `WHAT for USER from ADDRESS port N ssh2[: KEY OR CLIENT USER]`: both ends hold free text. With
 * `ssh2: ` the address is the first that stands before it, else the last of the line.
 */
const withInfo = /^(.*?) from (\S+) port (\d{1,10}) +ssh\d: (.*)$/s;
const keyInfo = /^[A-Z0-9-]+ ((?:SHA256|MD5):[\w+/=:]+|(?:[0-9a-f]{2}:){15}[0-9a-f]{2})\b/;
const withoutInfo = /^(.*) from (\S+)(?: port (\d{1,10}))?(?:\s+ssh\d)?(?: via \S+)?\s*$/s;

function userAndAddress(text: string) {
  const match = withInfo.exec(text) ?? withoutInfo.exec(text);
  if (!match) return null;
  const [, user = '', from = '', port, info = ''] = match;
  const fingerprint = keyInfo.exec(info)?.[1];
  return {
    user,
    from,
    port: port === undefined ? null : Number(port),
    ...(fingerprint === undefined ? {} : { fingerprint }),
  };
}

const acceptedLine = /^Accepted (\S+) for (.*)$/s;
/** dropbear: `Password auth succeeded for 'root' from 10.0.0.5:4711`. */
const dropbearLine =
  /^(Password|Pubkey) auth succeeded for '(.*)' (?:with .* )?from (\S+):(\d{1,10})$/s;

/** sshd let somebody in. The user name is free text, so the line is read from its right end. */
export function accepted(message: Message): Login | null {
  const { text } = message;
  const said = acceptedLine.exec(text);
  const who = said ? userAndAddress(said[2] ?? '') : null;
  const dropbear = text.includes(' auth succeeded for ') ? dropbearLine.exec(text) : null;
  const by =
    who ??
    (dropbear && { user: dropbear[2] ?? '', from: dropbear[3] ?? '', port: Number(dropbear[4]) });
  if (!by) return null;
  return {
    kind: 'login',
    ...base(message),
    ...by,
    pid: message.pid,
    service: 'sshd',
    method: (said?.[1] ?? dropbear?.[1] ?? '').toLowerCase(),
    host: message.host,
  };
}

const failedLine = /^(?:Failed (\S+) for|error: PAM: .*? for) (?:(?:invalid|illegal) user )?(.*)$/s;
/** dropbear: `Bad password attempt for 'root' from 10.0.0.5:4711`; some builds repeat pid and time. */
const badPassword =
  /^(?:\[\d{1,10}\] [A-Z][a-z]{2} [ \d]\d [\d:]{8} )?[Bb]ad (password|PAM password) attempt for '(.*)' from (\S+?)(?::(\d{1,10}))?$/s;
const repeated = /^message repeated (\d{1,10}) times: \[ ?(.*)\]$/s;
const mostRepeats = 100;

/** Refused attempts, as many as the line stands for (`message repeated 3 times: […]`). */
export function failedLogin(message: Message): RawEvent[] {
  const again = message.text.startsWith('message repeated ') ? repeated.exec(message.text) : null;
  const text = again ? (again[2] ?? '') : message.text;
  const said = failedLine.exec(text);
  const who = said ? userAndAddress(said[2] ?? '') : null;
  const dropbear = /^[Bb[]/.test(text) ? badPassword.exec(text) : null;
  const by =
    who ??
    (dropbear && {
      user: dropbear[2] ?? '',
      from: dropbear[3] ?? '',
      port: dropbear[4] === undefined ? null : Number(dropbear[4]),
    });
  if (!by) return [];
  const event: RawEvent = {
    kind: 'login-failed',
    ...base(message),
    ...by,
    pid: message.pid,
    service: 'sshd',
    method: (said?.[1] ?? dropbear?.[1] ?? 'pam').toLowerCase(),
    host: message.host,
  };
  const times = again ? Math.min(Number(again[1]), mostRepeats) : 1;
  return Array.from({ length: times }, () => event);
}

const refusals: readonly RegExp[] = [
  /^(?:Invalid|Illegal) user (.*) from (\S+?)(?: port (\d{1,10}))?\s*$/s,
  /^User (.*) from (\S+?)(?: port (\d{1,10}))? not allowed because .*$/s,
  // dropbear; the name is not printed by default.
  /^[Ll]ogin attempt for nonexistent user(?: '(.*)')? from (\S+?)(?::(\d{1,10}))?$/s,
  /^(ROOT) LOGIN REFUSED FROM (\S+?)(?: port (\d{1,10}))?(?: \[preauth\])?\s*$/s,
];

/** Somebody whom sshd does not know, or does not let in whatever the password. */
export function invalidUser(message: Message): RawEvent | null {
  const match = refusals.map((form) => form.exec(message.text)).find((said) => said !== null);
  if (!match) return null;
  return {
    kind: 'login-failed',
    ...base(message),
    user: match[1] === 'ROOT' ? 'root' : (match[1] ?? null),
    from: match[2] ?? null,
    port: match[3] === undefined ? null : Number(match[3]),
    pid: message.pid,
    service: 'sshd',
    host: message.host,
  };
}

const exceeded =
  /^(?:error: )?maximum authentication attempts exceeded for (?:(?:invalid|illegal) user )?(.*?)(?: \[preauth\])?$/s;

/** The last of several refusals, and the only one at the log level ERROR. */
export function tooManyAttempts(message: Message): RawEvent | null {
  const said = exceeded.exec(message.text);
  const who = said && userAndAddress(said[1] ?? '');
  if (!who) return null;
  const { pid, host } = message;
  return { kind: 'login-failed', ...base(message), ...who, pid, service: 'sshd', host };
}

const disconnectedLine =
  /^(?:Disconnected|Timeout, client not responding) from user (.*) (\S+) port (\d{1,10})$/s;

/** dropbear: `Exit (root) from <10.0.0.5:4711>: Disconnect received`; before 2020 without the address. */
const dropbearExit = /^Exit \((.*?)\)(?: from <(\S+):(\d{1,10})>)?: .*$/s;

/** Somebody who was logged in is gone; `[preauth]` lines are of people who never were. */
export function disconnected(message: Message): Logout | null {
  const match = disconnectedLine.exec(message.text) ?? dropbearExit.exec(message.text);
  if (!match) return null;
  return {
    kind: 'logout',
    ...base(message),
    user: match[1] ?? null,
    from: match[2] ?? null,
    port: match[3] === undefined ? null : Number(match[3]),
    pid: message.pid,
    service: 'sshd',
    host: message.host,
  };
}
