import type { Actor, Origin } from '@coroner/schema/http/answer';
import type { Judgement } from '@coroner/schema/verdict/case';
import { typed } from '@coroner/schema/verdict/words/command';
import type picocolors from 'picocolors';
import { column, fitLine } from '../terminal/columns.ts';
import { escaped } from '../terminal/escape.ts';

type Colors = ReturnType<typeof picocolors.createColors>;

/** Of a command line; it may be 128 KiB. */
const commandCharacters = 200;
const widths = { name: 16, pid: 8, cause: 20, end: 10 } as const;

export const heading = [
  column('TIME', 8),
  column('VICTIM', widths.name),
  column('PID', widths.pid),
  column('CAUSE', widths.cause),
  column('END', widths.end),
  'BY',
].join(' ');

/** One death as one line; `columns` of the terminal, null where there is none. */
export function deathLine({ answer }: Judgement, columns: number | null, colors: Colors): string {
  const { death, verdict, actor } = answer;
  const parts = [
    new Date(death.diedAt).toTimeString().slice(0, 8),
    column(escaped(death.comm), widths.name),
    column(String(death.pid), widths.pid),
    column(verdict.cause, widths.cause),
    column(endOf(death), widths.end),
    actor ? escaped(`${commandOf(actor)}  ${personOf(actor)}`) : '',
  ];
  const line = fitLine(parts.join(' ').trimEnd(), columns);
  return paint(line, death.signal !== null, colors);
}

function endOf({ signal, exitCode }: Judgement['answer']['death']): string {
  if (signal !== null) return signal;
  return exitCode === null ? '?' : `exit ${exitCode}`;
}

function commandOf({ cmdline, comm, pid }: Actor): string {
  const command = cmdline.length > 0 ? typed(cmdline) : comm;
  return `${fitLine(command, commandCharacters)} (${pid})`;
}

function personOf({ user, uid, origin }: Actor): string {
  const who = user ?? (uid === null ? '' : `uid ${uid}`);
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

/** Ends by a signal stand out; colour comes after escaping and cutting, so that neither breaks it. */
function paint(line: string, bySignal: boolean, colors: Colors): string {
  return bySignal ? colors.red(line) : colors.dim(line);
}
