import type { Cause } from '@coroner/schema/cause';
import type { Confidence } from '@coroner/schema/confidence';
import type { Actor, Origin } from '@coroner/schema/http/answer';
import type { Judgement } from '@coroner/schema/verdict/case';
import { typed } from '@coroner/schema/verdict/words/command';
import type picocolors from 'picocolors';
import { cell, fitLine } from '../terminal/columns.ts';
import { escaped } from '../terminal/escape.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

/** Of a command line; it may be 128 KiB. */
const commandCharacters = 200;
const widths = { time: 8, name: 16, pid: 8, cause: 20, end: 10 } as const;

/** How sure a cause is, behind it; nothing where it is proven. */
const marks: Readonly<Record<Confidence, string>> = {
  proven: '',
  likely: '~',
  possible: '?',
  unknown: '',
};
export const marksInWords = '~ likely, ? possible';

export const heading = [
  cell('TIME', widths.time),
  cell('VICTIM', widths.name),
  cell('PID', widths.pid),
  cell('CAUSE', widths.cause),
  cell('END', widths.end),
  'BY WHOM: WITH WHAT',
].join(' ');

/** One death as one line; `columns` of the terminal, null where there is none. */
export function deathLine({ answer }: Judgement, columns: number | null, colors: Colors): string {
  const { death, verdict, actor } = answer;
  const parts = [
    new Date(death.diedAt).toTimeString().slice(0, widths.time),
    cell(escaped(death.comm), widths.name),
    cell(death.pid === 0 ? '-' : String(death.pid), widths.pid),
    cell(`${verdict.cause}${marks[verdict.confidence]}`, widths.cause),
    cell(endOf(death), widths.end),
    actor && actor.pid !== death.pid ? escaped(killerOf(actor)) : '',
  ];
  const line = fitLine(parts.join(' ').trimEnd(), columns);
  return paint(line, verdict.cause, colors);
}

function endOf({ signal, exitCode }: Judgement['answer']['death']): string {
  if (signal !== null) return signal;
  return exitCode === null ? '?' : `exit ${exitCode}`;
}

/** Who stands first: a terminal cuts the end of the command, not the person. */
function killerOf(actor: Actor): string {
  const { cmdline, comm, pid } = actor;
  const command = cmdline.length > 0 ? typed(cmdline) : comm;
  const person = personOf(actor);
  return `${person === '' ? '' : `${person}: `}[${pid}] ${fitLine(command, commandCharacters)}`;
}

function personOf({ user, auditUser, uid, origin }: Actor): string {
  const own = user ?? (uid === null ? '' : `uid ${uid}`);
  // Who logged in, whatever sudo did since.
  const who = auditUser && auditUser !== user ? `${auditUser} as ${own}` : own;
  return [who, originOf(origin)].filter((part) => part !== '').join(', ');
}

function originOf(origin: Origin): string {
  if (origin.type === 'login-session') {
    const place = origin.from ?? origin.tty;
    return place ? `login of ${origin.user} from ${place}` : `login of ${origin.user}`;
  }
  if (origin.type === 'cron') return `cron${origin.file ? ` ${origin.file}` : ''}`;
  if (origin.type === 'at') return origin.user ? `at job of ${origin.user}` : 'at job';
  if (origin.type === 'unknown') return '';
  return origin.name ? `${origin.type} ${origin.name}` : origin.type;
}

const quiet: ReadonlySet<Cause> = new Set<Cause>(['exit-error', 'last-thread-exited']);
/** Asked for by somebody whose business it is. */
const stops: ReadonlySet<Cause> = new Set<Cause>([
  'service-stopped',
  'session-ended',
  'container-stopped',
  'terminal-interrupt',
  'hangup',
  'host-shutdown',
  'parent-died',
]);

/** What was killed or crashed stands out; colour comes after escaping and cutting, so that neither breaks it. */
function paint(line: string, cause: Cause, colors: Colors): string {
  if (cause === 'exit-ok') return colors.dim(line);
  if (quiet.has(cause)) return line;
  return stops.has(cause) ? colors.yellow(line) : colors.red(line);
}
