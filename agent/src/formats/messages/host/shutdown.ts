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

/** shutdown(8), System V init and systemd as pid 1: this boot ends. */
export function shutdownLine(message: Message): RawEvent | null {
  const said = forms.find(([form]) => form.test(message.text));
  if (!said) return null;
  if (said[1] === null && message.pid !== 1) return null;
  return { kind: 'shutdown', ...base(message), how: said[1], host: message.host };
}
