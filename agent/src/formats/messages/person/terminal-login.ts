import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

const forms: readonly RegExp[] = [
  /^ROOT LOGIN\s+[oO][nN] '?(?:\/dev\/)?(?<tty>[\w/]+)'?(?: FROM (?<from>\S+))?$/,
  /^LOGIN ON (?:\/dev\/)?(?<tty>\S+) BY (?<user>\S+?)(?: FROM (?<from>\S+))?$/,
  /^LOGIN FROM (?<from>\S+) (?:ON|on) (?<tty>\S+) BY (?<user>\S+)$/,
];
const refused: readonly RegExp[] = [
  /^FAILED LOGIN \(\d+\) on '(?:\/dev\/)?(?<tty>.+?)'(?: from '(?<from>.*?)')? FOR '(?<user>.*)', /s,
  /^FAILED LOGIN (?:SESSION )?(?:\d+ )?FROM (?<from>\S+) FOR (?<user>.*?), /s,
];

type TerminalLogin = Extract<RawEvent, { kind: 'login' | 'login-failed' }>;

/** login(1) of util-linux and shadow; root's own line has the tag ` -- root`. */
export function terminalLogin(message: Message): TerminalLogin | null {
  const text = message.text.trim();
  const { pid, host } = message;
  const session = { ...base(message), pid, service: 'login', host };
  for (const form of forms) {
    const said = form.exec(text)?.groups;
    if (said)
      return {
        kind: 'login',
        ...session,
        user: said['user'] ?? 'root',
        tty: said['tty'] ?? null,
        from: said['from'] ?? null,
      };
  }
  for (const form of refused) {
    const said = form.exec(text)?.groups;
    if (said)
      return {
        kind: 'login-failed',
        ...session,
        user: said['user'] ?? null,
        tty: said['tty'] ?? null,
        from: said['from'] === '(null)' ? null : (said['from'] ?? null),
      };
  }
  return null;
}
