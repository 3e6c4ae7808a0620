import type { RawEvent } from '../../../source.ts';
import { base, type Matcher, type Message, nothing } from '../message.ts';
import { type Privilege, privilege } from './privilege.ts';
import { sudoJson } from './sudo-json.ts';

/** sudo splits what is longer than about 960 characters (MAXSYSLOGLEN). */
const splitFromChars = 900;
const mostChars = 64 * 1024;
const continued = /^\s*(\S.*?) : \(command continued\) (.*)$/s;

/** sudo: who ran what as whom. The rest of a long command comes on further lines. */
export function sudoMatcher(): Matcher {
  let held: Privilege | null = null;
  const release = (): Privilege[] => {
    const events = held ? [held] : [];
    held = null;
    return events;
  };
  return {
    push(message) {
      const [, user, rest] = continued.exec(message.text) ?? [];
      if (rest !== undefined) {
        const isMore = held !== null && held.user === user && held.pid === message.pid;
        if (!held || !isMore || (held.command ?? '').length > mostChars) return nothing;
        held = { ...held, command: `${held.command} ${rest.trimEnd()}` };
        return message.text.length < splitFromChars ? release() : nothing;
      }
      const before = release();
      const event = sudoJson(message) ?? sudoLine(message);
      if (!event) return before;
      if (event.kind !== 'privilege' || message.text.length < splitFromChars)
        return [...before, event];
      held = event;
      return before;
    },
    flush: release,
  };
}

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
  const command = text.slice(at + commandMark.length).trimEnd();
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
