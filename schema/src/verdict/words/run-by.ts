import type { Origin } from '../../http/answer.ts';
import type { Process } from '../../process.ts';
import { command, nameAndPid } from './command.ts';
import { printable } from './printable.ts';

/** Who or what ran the actor: `, run by alice (ssh from 10.0.0.5, pts/2, since 03:02 UTC)`. */
export function runBy(actor: Process, origin: Origin, at: string | null): string {
  if (origin.type === 'login-session')
    return `, run${asUser(actor, origin.user)} by ${sessionInWords(origin, at)}`;
  if (origin.type === 'cron') return `, run${asUser(actor, null)} by cron${cronLine(origin)}`;
  if (origin.type === 'unknown' || origin.type === 'kernel') return started(actor);
  const name = origin.name ? ` ${printable(origin.name)}` : '';
  return `, run${asUser(actor, null)} by the ${origin.type.replace('-', ' ')}${name}`;
}

function asUser(actor: Process, person: string | null): string {
  const user = actor.user ?? (typeof actor.uid === 'number' ? `uid ${actor.uid}` : null);
  return user === null || user === person ? '' : ` as ${printable(user)}`;
}

/** `alice (from 10.0.0.5, pts/2, since 03:02 UTC)`. */
export function sessionInWords(
  origin: Extract<Origin, { type: 'login-session' }>,
  at: string | null,
): string {
  const details = [
    origin.from ? `from ${printable(origin.from)}` : null,
    origin.tty ? printable(origin.tty) : null,
    origin.since ? `since ${momentInWords(origin.since, at)}` : null,
  ].filter((detail) => detail !== null);
  return details.length > 0
    ? `${printable(origin.user)} (${details.join(', ')})`
    : printable(origin.user);
}

/** With the date where it is not that of `at`. */
function momentInWords(moment: string, at: string | null): string {
  const text = new Date(moment).toISOString();
  const isSameDay = at !== null && text.startsWith(new Date(at).toISOString().slice(0, 10));
  return `${isSameDay ? '' : `${text.slice(0, 10)} `}${text.slice(11, 16)} UTC`;
}

function cronLine(origin: Extract<Origin, { type: 'cron' }>): string {
  if (origin.file) {
    const line = origin.line === null ? '' : ` line ${origin.line}`;
    const schedule = origin.schedule === null ? '' : `, schedule ${printable(origin.schedule)}`;
    return ` (${printable(origin.file)}${line}${schedule})`;
  }
  return origin.command ? ` (${command({ comm: origin.command, cmdline: null })})` : '';
}

function started(actor: Process): string {
  const user = asUser(actor, null);
  const parent = actor.ancestry[0];
  const by = parent && parent.pid > 1 ? `, started by ${nameAndPid(parent)}` : '';
  return user === '' ? by : `, run${user}${by}`;
}
