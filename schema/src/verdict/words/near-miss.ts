import type { NearMissOfDeath } from '../../http/near-miss.ts';
import { command } from './command.ts';
import { printable } from './printable.ts';
import { timeInWords } from './victim.ts';

/** ``bob's `kill -9 4121` (pid 77) at 03:12:01 UTC failed with EPERM``. */
export function missInWords({
  by,
  at,
  signal,
  count,
  why,
  error,
}: Omit<NearMissOfDeath, 'text' | 'eventId'>): string {
  const user = by.user ?? (by.uid === 0 ? 'root' : by.uid === null ? null : `uid ${by.uid}`);
  const who = `${user === null ? '' : `${printable(user)}'s `}${command(by)} (pid ${by.pid})${timeInWords(at)}`;
  const times = count > 1 ? ` ${count} times` : '';
  if (why === 'failed')
    return `${who} failed${error ? ` with ${error}` : ''}: no ${signal} was sent`;
  const fate = why === 'ignored' ? 'it ignored' : 'could not be queued';
  return `${who} sent ${signal}${times}, which ${fate}`;
}
