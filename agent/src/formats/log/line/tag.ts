/** Who wrote a line: `host tag[pid]: text`, with or without the host. */
export interface Tagged {
  readonly host: string | null;
  readonly tag: string;
  readonly pid: number | null;
  /** `kern.err` between host and tag (busybox, OpenWrt); null when absent. */
  readonly facility: number | null;
  readonly text: string;
}

const level =
  '(?:<?([a-z]+[0-7]?)\\.(?:emerg|alert|crit|err|error|warn|warning|notice|info|debug)>? )?';
/** `sshd[3]:`, `sshd(pam_unix)[3]:`, `/usr/sbin/cron[3]:`, `user@1000.service/app.slice[3]:`, `(sd-pam)[3]:`, `gdm-password][3]:`. */
const tag =
  '([^\\s:[\\]"\'=,{}<>]{1,128}(?:::?[^\\s:[\\]"\'=,{}<>]{1,64})*)(?:(?<=gdm-[a-z-]{4,40})\\])?(?:\\[(\\d{1,10})\\])?(?: <[A-Z][a-z]+>)?: ?';
const withoutHost = new RegExp(`^${level}${tag}`);
const withHost = new RegExp(
  `^(?=\\S*[\\p{L}\\d])([^\\s,[\\]"']{0,254}[^\\s,:[\\]"']) ${level} ?${tag}`,
  'u',
);
/** Tags with blanks: `syslogd 1.4.1: restart.`, ` -- root[2421]: …`. */
const looseTag = new RegExp(
  `^([^\\s,[\\]:"']+) ${level} *([^:[\\]"'=]{1,48}?)(?:\\[(\\d{1,10})\\])?: `,
);

/** metalog: `[sshd] text`, `[sshd]: text`. */
const bracketed = /^\[([a-z][\w.-]{1,48})\]:? /;
/** Solaris and illumos: `[ID 800047 auth.info] text`. */
const messageId = /^\[ID \d{1,10} \w+\.\w+\] /;

/** A level, which programs print where others have their name. */
const levels =
  /^(?:INFO|WARN|WARNING|ERR|ERROR|NOTICE|ALERT|EMERG|CRIT|CRITICAL|DEBUG|TRACE|FATAL|LOG|PANIC|DETAIL|HINT|SEVERE)$/i;
/** ChromeOS: a level for the host. A program has its pid then, and the kernel its time. */
const leveled = /^[A-Z]{3,9} (?=[\w./-]{1,64}\[\d{1,10}\]: |kernel: \[ *\d+\.\d{6}\])/;

/** The host and the program at the start of a line whose time was taken off. */
export function hostAndTag(text: string): Tagged | null {
  const match = withHost.exec(text);
  if (match && !levels.test(match[1] ?? ''))
    return tagged(text, match[0].length, match[1] ?? null, match[3], match[4], match[2]);
  return tagOnly(match ? text.replace(leveled, '') : text);
}

/** The program at the start of a line that names no host. */
export function tagOnly(text: string): Tagged | null {
  const match = withoutHost.exec(text);
  if (match && !levels.test(match[2] ?? ''))
    return tagged(text, match[0].length, null, match[2], match[3], match[1]);
  const metalog = bracketed.exec(text);
  return metalog && !levels.test(metalog[1] ?? '')
    ? tagged(text, metalog[0].length, null, metalog[1], undefined, undefined)
    : null;
}

export function hostAndLooseTag(text: string): Tagged | null {
  const match = looseTag.exec(text);
  if (!match || levels.test(match[1] ?? '')) return null;
  return tagged(text, match[0].length, match[1] ?? null, match[3], match[4], match[2]);
}

function tagged(
  text: string,
  length: number,
  host: string | null,
  tag: string | undefined,
  pid: string | undefined,
  facility: string | undefined,
): Tagged {
  return {
    // loghub's clusters print `node/node` and `src@node`.
    host:
      host === null ? null : host.slice(Math.max(host.lastIndexOf('/'), host.lastIndexOf('@')) + 1),
    tag: (tag ?? '').trim(),
    pid: pid === undefined ? null : Number(pid),
    facility: facility === undefined ? null : facilityNumber(facility),
    text: text.slice(length).replace(messageId, ''),
  };
}

/** syslog(3); the ones after `uucp` matter only in that they are not kern. */
const facilities = ['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news', 'uucp'];
const otherFacility = 16;

export function facilityNumber(name: string): number {
  const number = facilities.indexOf(name);
  return number < 0 ? otherFacility : number;
}
