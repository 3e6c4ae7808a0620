import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

const forms: readonly [RegExp, string | null][] = [
  [/^shutting down for system reboot/, 'reboot'],
  [/^shutting down for system halt/, 'halt'],
  [/^shutting down for (?:system )?power ?off/, 'poweroff'],
  [/^reboot by /, 'reboot'],
  [/^(?:halt|power-down) by /, 'poweroff'],
  [/^Switching to runlevel: 6$/, 'reboot'],
  [/^Switching to runlevel: 0$/, 'poweroff'],
  [/^Shutting down\.$/, null],
];

/** shutdown(8), System V init and systemd as pid 1 (RHEL 7 leaves its pid out): this boot ends. */
export function shutdownLine(message: Message): RawEvent | null {
  const said = forms.find(([form]) => form.test(message.text));
  if (!said) return null;
  if (said[1] === null && !isFirstProcess(message)) return null;
  return { kind: 'shutdown', ...base(message), how: said[1], host: message.host };
}

const last: Readonly<Record<string, string>> = {
  'Rebooting.': 'reboot',
  'Powering off.': 'poweroff',
  'Halting system.': 'halt',
  'Rebooting with kexec.': 'kexec',
};

/** systemd-shutdown, which systemd becomes at the end: its last words. */
export function lastWords(message: Message): RawEvent | null {
  const how = last[message.text.trimEnd()];
  if (how === undefined || !isFirstProcess(message)) return null;
  return { kind: 'shutdown', ...base(message), how, host: message.host };
}

const isFirstProcess = ({ pid }: Message): boolean => pid === 1 || pid === null;
