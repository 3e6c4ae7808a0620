import type { RawEvent } from '../../../source.ts';
import { base, type Message } from '../message.ts';

type Privilege = Extract<RawEvent, { kind: 'privilege' }>;

const commandMark = ' ; COMMAND=';
const userMark = ' ; USER=';
/**
 * sudoers(5), "LOG FORMAT": fields between ` ; `, COMMAND last. A refusal stands before TTY. The
 * directory and the command are free text, so USER is the last before the command.
 */
export function sudoLine(message: Message): RawEvent | null {
  const { text } = message;
  const colon = text.indexOf(' : ');
  const user = text.slice(0, Math.max(colon, 0)).trim();
  const at = text.indexOf(commandMark, colon);
  if (user === '' || at < 0) return null;
  const before = text.slice(colon + 3, at);
  const command = text.slice(at + commandMark.length);
  const as = before.lastIndexOf(userMark);
  const fields = (as < 0 ? before : before.slice(0, as)).split(' ; ').map((field) => field.trim());
  const [refused] = fields;
  const tty = valueIn(fields, 'TTY');
  if (refused && !/^[A-Z]+=/.test(refused)) return refusedSudo(message, user, refused, tty);
  const asUser = as < 0 ? null : (before.slice(as + userMark.length).split(' ; ')[0] ?? null);
  return {
    ...privilege(message, user, hasSecondEnd(command) ? null : asUser),
    tty,
    cwd: directory(as < 0 ? before : before.slice(0, as)),
    command,
  };
}

/** A directory or an argument looks like the end of the line: which of the two is the user, nobody can tell. */
function hasSecondEnd(command: string): boolean {
  const as = command.indexOf(userMark);
  return as >= 0 && command.indexOf(commandMark, as) >= 0;
}

/** `HOST=h : TTY=…` of some versions has a colon for the semicolon. */
function valueIn(fields: readonly string[], name: string): string | null {
  const field = fields
    .map((one) => one.replace(/^HOST=\S+ : /, ''))
    .find((one) => one.startsWith(`${name}=`));
  return field?.slice(name.length + 1) ?? null;
}

function directory(fields: string): string | null {
  const at = fields.indexOf('PWD=');
  return at < 0 ? null : fields.slice(at + 'PWD='.length).trimEnd();
}

function refusedSudo(
  message: Message,
  user: string | null,
  refused: string,
  tty: string | null,
): RawEvent | null {
  if (!refused.includes('incorrect password')) return null;
  const { pid, host } = message;
  return { kind: 'login-failed', ...base(message), user, tty, pid, service: 'sudo', host };
}

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

/** su of util-linux, shadow and BSD. */
export function suLine(message: Message): RawEvent | null {
  const said = firstMatch(suForms, message.text);
  if (said) {
    const { as = null, user = null, tty = null } = said;
    return { ...privilege(message, user, as), tty };
  }
  const refused = firstMatch(suRefused, message.text);
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
  const match = /^(\S+) ran command (.*) as (\S+) from (.*)$/s.exec(message.text);
  if (!match) return null;
  const [, user = null, command = null, as = null, cwd = null] = match;
  return { ...privilege(message, user, as), cwd, command };
}

function privilege(message: Message, user: string | null, asUser: string | null): Privilege {
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
