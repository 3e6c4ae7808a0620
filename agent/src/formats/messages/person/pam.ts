import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

/** Linux-PAM before 0.99 in some distributions, where the service is the program: `sshd[5]: (pam_unix) …`. */
const bare = /^(?:\(pam_unix\)|pam_unix:) (.*)$/s;

/** A line of pam_unix, in the form before (`su(pam_unix)[5]: …`) and after (`pam_unix(su:session): …`) 0.99. */
export interface PamLine {
  readonly service: string;
  readonly text: string;
}

const prefixed = /^(?:PAM: )?pam_[a-z0-9_]+\(([^:()]+):(?:session|auth|account)\): (.*)$/s;

export function pamLine({ tag, text }: Message): PamLine | null {
  const old = bare.exec(text)?.[1];
  if (old !== undefined && tag !== null) return { service: tag.replace(/^.*\//, ''), text: old };
  if (text.startsWith('pam_') || text.startsWith('PAM: ')) {
    const match = prefixed.exec(text);
    if (match) return { service: match[1] ?? '', text: match[2] ?? '' };
  }
  if (!tag?.endsWith('(pam_unix)')) return null;
  return { service: tag.slice(0, -'(pam_unix)'.length), text };
}

const opened = /^session opened for user (.+?)(?:\(uid=\d+\))? by .*$/s;
const closed = /^session closed for user (.+?)(?:\(uid=\d+\))?\s*$/s;
const failed =
  /^authentication failure; logname=.*? uid=.*? tty=(.*?) ruser=.*? rhost=(.*?)(?:\s+user=(.*?))?\s*$/s;

export type SessionEnd = { readonly kind: 'opened' | 'closed'; readonly user: string };

export function pamSession({ text }: PamLine): SessionEnd | null {
  if (!text.startsWith('session ')) return null;
  const begin = opened.exec(text);
  if (begin) return { kind: 'opened', user: begin[1] ?? '' };
  const end = closed.exec(text);
  return end ? { kind: 'closed', user: end[1] ?? '' } : null;
}

/** `authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=10.0.0.5  user=root`. */
export function pamFailure(message: Message, line: PamLine): RawEvent | null {
  const match = failed.exec(line.text);
  if (!match) return null;
  return {
    kind: 'login-failed',
    ...base(message),
    user: match[3]?.trim() || null,
    tty: match[1] || null,
    from: match[2]?.trim() || null,
    pid: message.pid,
    service: line.service,
    host: message.host,
  };
}
