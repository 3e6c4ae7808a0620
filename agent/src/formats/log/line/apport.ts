import { dateStamp } from '../stamp/date.ts';
import type { Entry } from './entry.ts';

const line = /^(?:ERROR|WARNING|INFO|DEBUG): apport \(pid (\d{1,10})\) (.{10,48}?\d): (.*)$/s;

/** Ubuntu's /var/log/apport.log: `ERROR: apport (pid 9) Thu Feb 27 07:45:48 2014: text`. */
export function apportLine(text: string): Entry | null {
  const match = text.includes(': apport (pid ') ? line.exec(text) : null;
  if (!match) return null;
  const stamp = dateStamp(match[2] ?? '');
  if (!stamp) return null;
  const message = match[3] ?? '';
  return {
    stamp,
    host: null,
    tag: 'apport',
    pid: Number(match[1]),
    text: message,
    facility: null,
    kernel: 'no',
    kernelText: message,
    bare: false,
  };
}
