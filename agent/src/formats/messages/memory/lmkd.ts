import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

/** `Kill 'com.x' (12345), uid 10115, oom_score_adj 905 to free 1kB rss`; Android 9 and before: `Killing 'com.x' (12345), uid 10115, adj 905`. */
const killed =
  /^Kill(?:ing)? '(.{0,255})' \((\d{1,10})\), uid (\d{1,10}), (?:oom_score_)?adj -?\d/s;

/** Android's lmkd; the kernel's own low memory killer, which logs under the same name, names no uid. */
export function lmkdLine(message: Message): RawEvent | null {
  const said = killed.exec(message.text);
  if (!said) return null;
  return {
    kind: 'oom-daemon-kill',
    ...base(message),
    daemon: 'lmkd',
    pid: Number(said[2]),
    comm: said[1] ?? null,
    uid: Number(said[3]),
    cgroup: null,
    unit: null,
    signal: 'SIGKILL',
    text: message.text,
  };
}
