import type { Origin } from '../../http/answer.ts';
import { printable } from './printable.ts';

type LoginOrigin = Extract<Origin, { type: 'login-session' }>;

/** `alice (from 10.0.0.5, pts/2, since 03:02 UTC)`. */
export function sessionInWords(origin: LoginOrigin, at: string | null): string {
  const details = [
    place(origin),
    origin.tty ? printable(origin.tty) : null,
    origin.since ? `since ${momentInWords(origin.since, at)}` : null,
  ].filter((detail) => detail !== null);
  return details.length > 0
    ? `${printable(origin.user)} (${details.join(', ')})`
    : printable(origin.user);
}

/** `from 10.0.0.5`, or `from web-1 (10.0.0.4), there bob on pts/1 from 192.168.0.7`. */
function place({ from, fromHost }: LoginOrigin): string | null {
  if (!from) return null;
  if (!fromHost) return `from ${printable(from)}`;
  const there = fromHost.user
    ? `, there ${printable(fromHost.user)}${fromHost.tty ? ` on ${printable(fromHost.tty)}` : ''}${fromHost.from ? ` from ${printable(fromHost.from)}` : ''}`
    : '';
  return `from ${printable(fromHost.name)} (${printable(from)})${there}`;
}

/** With the date where it is not that of `at`. */
function momentInWords(moment: string, at: string | null): string {
  const text = new Date(moment).toISOString();
  const isSameDay = at !== null && text.startsWith(new Date(at).toISOString().slice(0, 10));
  return `${isSameDay ? '' : `${text.slice(0, 10)} `}${text.slice(11, 16)} UTC`;
}
