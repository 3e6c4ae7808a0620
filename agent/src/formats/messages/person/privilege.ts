import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

export type Privilege = Extract<RawEvent, { kind: 'privilege' }>;

const suForms: readonly RegExp[] = [
  /^\(to (?<as>.+?)\) (?<user>\S+) on (?<tty>\S+)$/,
  /^Successful su for (?<as>\S+) by (?<user>\S+)$/,
  /^(?<user>\S+) to (?<as>\S+) on (?<tty>\S+)$/,
];
const suRefused: readonly RegExp[] = [
  /^FAILED SU \(to (?<as>.+?)\) (?<user>\S+) on (?<tty>\S+)$/,
  /^FAILED su for (?<as>\S+) by (?<user>\S+)$/,
  /^BAD SU (?<user>\S+) to (?<as>\S+) on (?<tty>\S+)$/,
];

/** busybox, without a pid: `+ /dev/pts/0 alice:root`. Where shadow's su writes so, another line says the same. */
const busybox = /^(?<sign>[+-]) (?:\/dev\/)?(?<tty>\S+) (?<user>[^\s:]+):(?<as>\S+)$/;

/** su of util-linux, shadow and BSD. */
export function suLine(message: Message): RawEvent | null {
  const said = firstMatch(suForms, message.text);
  if (said) {
    const { as = null, user = null, tty = null } = said;
    return { ...privilege(message, user, as), tty };
  }
  const short = message.pid === null ? busybox.exec(message.text.trimEnd())?.groups : undefined;
  if (short?.['sign'] === '+') {
    const { as = null, user = null, tty = null } = short;
    return { ...privilege(message, user, as), tty };
  }
  const refused = short ?? firstMatch(suRefused, message.text);
  if (!refused) return null;
  const { pid, host } = message;
  const { as = null, tty = null } = refused;
  return { kind: 'login-failed', ...base(message), user: as, tty, pid, service: 'su', host };
}

/** polkit's pkexec: `alice: Executing command [USER=root] [TTY=…] [CWD=…] [COMMAND=…]`. */
export function pkexecLine(message: Message): RawEvent | null {
  const match =
    /^(\S+): Executing command \[USER=(.*?)\] \[TTY=(.*?)\] \[CWD=(.*?)\] \[COMMAND=(.*)\]$/s.exec(
      message.text,
    );
  if (!match) return null;
  const [, user = null, as = null, tty = null, cwd = null, command = null] = match;
  return { ...privilege(message, user, as), tty: tty === 'unknown' ? null : tty, cwd, command };
}

/** OpenBSD's doas: `alice ran command ls as root from /home/alice`. */
export function doasLine(message: Message): RawEvent | null {
  const refused = /^failed auth for (\S+)$/.exec(message.text.trimEnd())?.[1];
  if (refused !== undefined) {
    const { pid, host } = message;
    return { kind: 'login-failed', ...base(message), user: refused, pid, service: 'doas', host };
  }
  const match = /^(\S+) ran command (.*) as (\S+) from (.*)$/s.exec(message.text);
  if (!match) return null;
  const [, user = null, command = null, as = null, cwd = null] = match;
  return { ...privilege(message, user, as), cwd, command };
}

export function privilege(message: Message, user: string | null, asUser: string | null): Privilege {
  const { pid, program } = message;
  return { kind: 'privilege', ...base(message), user, asUser, service: program, pid };
}

function firstMatch(forms: readonly RegExp[], text: string) {
  for (const form of forms) {
    const groups = form.exec(text.trimEnd())?.groups;
    if (groups) return groups as { as?: string; user?: string; tty?: string };
  }
  return null;
}
