import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

const killed =
  /^(\S+)(?: \(\S+\))? main process (?:ended, respawning|\((\d{1,10})\) (?:killed by (\w+) signal|terminated with status (\d{1,3})))$/;

/** Upstart (Ubuntu to 14.10, RHEL 6, ChromeOS): `mysql main process (77) killed by KILL signal`. */
export function upstartLine(message: Message): RawEvent | null {
  const said = killed.exec(message.text);
  if (!said || said[2] === undefined) return null;
  const [, unit = '', pid, signal, status] = said;
  return {
    kind: 'unit',
    ...base(message),
    unit,
    state: 'process-exited',
    code: signal === undefined ? 'exited' : 'killed',
    status: signal === undefined ? Number(status) : `SIG${signal}`,
    pid: Number(pid),
    text: message.text,
  };
}
