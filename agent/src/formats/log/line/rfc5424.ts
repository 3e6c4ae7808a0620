import { dateStamp } from '../stamp/date.ts';
import { type Entry, isKernelTag, withKernelTime } from './entry.ts';

const header = /^(\S+) (\S+) (\S+) \S+ (?:-|(?:\[(?:[^\]"\\]|"(?:[^"\\]|\\.)*")*\])+)(?: |$)/;
const kern = 0;

/**
 * RFC 5424 after its priority and version: `TIME HOST APP PROCID MSGID DATA MESSAGE`; without a
 * facility where a copy lost the priority.
 */
export function rfc5424(text: string, facility: number | null): Entry | null {
  const blank = text.indexOf(' ');
  const stamp =
    blank < 0 ? null : text.startsWith('- ') ? null : dateStamp(text.slice(0, blank + 1));
  if (blank < 0 || (stamp === null && !text.startsWith('- '))) return null;
  const rest = text.slice(blank + 1);
  const match = header.exec(rest);
  if (!match) return null;
  const app = nil(match[2])?.replace(/:$/, '') ?? null;
  const procId = nil(match[3]);
  const pid = procId !== null && /^\d{1,10}$/.test(procId) ? Number(procId) : null;
  const isKernel = (facility ?? kern) === kern && (app === null || isKernelTag({ tag: app, pid }));
  // rsyslog's own template puts a blank before the message.
  const message = rest.slice(match[0].length).replace(/^\u{feff}|^ /u, '');
  const entry: Entry = {
    stamp,
    host: nil(match[1]),
    tag: app,
    pid,
    text: message,
    facility,
    kernel: isKernel ? 'yes' : 'no',
    kernelText: message,
    bare: false,
  };
  return isKernel ? withKernelTime(entry) : entry;
}

function nil(field: string | undefined): string | null {
  return field === undefined || field === '-' ? null : field;
}
