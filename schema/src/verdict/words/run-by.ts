import type { Origin } from '../../http/answer.ts';
import type { OriginStep, Tool } from '../../http/origin-step.ts';
import type { Process } from '../../process.ts';
import { msBetween } from '../facts/nearby.ts';
import { command, nameAndPid } from './command.ts';
import { duration } from './duration.ts';
import { printable } from './printable.ts';
import { sessionInWords } from './session.ts';
import { becameInWords, throughInWords } from './through.ts';

/** All that is said about whoever ran a process. */
export interface Runner {
  process: Process;
  origin: Origin;
  through: readonly OriginStep[];
  tool: Tool | null;
}

/** `, run by alice (from 10.0.0.5, pts/2, since 03:02 UTC), inside tmux, who pressed k in top`. */
export function runBy({ process, origin, through, tool }: Runner, at: string | null): string {
  const how = tool ? toolInWords(tool, origin.type === 'login-session' && !origin.detached) : '';
  return `${byWhom(process, origin, through, at)}${throughInWords(through)}${how}`;
}

function byWhom(
  actor: Process,
  origin: Origin,
  through: readonly OriginStep[],
  at: string | null,
): string {
  if (origin.type === 'login-session') {
    const as = asUser(actor, origin.user);
    const verb = origin.detached
      ? `${as === '' ? '' : `running${as}, `}started in a session of`
      : `run${as} by`;
    return `, ${verb} ${sessionInWords(origin, at)}${becameInWords(through)}`;
  }
  const as = asUser(actor, null);
  const became = becameInWords(through);
  if (origin.type === 'cron') return `, run${as} by cron${cronLine(origin, at)}${became}`;
  if (origin.type === 'at') return `, run${as} by at${atJob(origin)}${became}`;
  if (origin.type === 'unknown' || origin.type === 'kernel') return `${started(actor)}${became}`;
  if (origin.type === 'container-runtime' && actor.container)
    return `, run${as} in container ${printable(actor.container.slice(0, 12))}${became}`;
  return `, run${as} by ${namedInWords(origin)}${became}`;
}

type CronOrigin = Extract<Origin, { type: 'cron' }>;
type NamedOrigin = Exclude<Origin, { type: 'login-session' | 'cron' | 'at' }>;

function namedInWords({ type, name, schedule }: NamedOrigin): string {
  const called = name ? printable(name) : '';
  if (type === 'orchestration') return called;
  const when = schedule ? ` (${printable(schedule)})` : '';
  return `the ${type.replace('-', ' ')}${called ? ` ${called}` : ''}${when}`;
}

function asUser(actor: Process, person: string | null): string {
  const user = actor.user ?? (typeof actor.uid === 'number' ? `uid ${actor.uid}` : null);
  return user === null || user === person ? '' : ` as ${printable(user)}`;
}

function toolInWords({ how }: Tool, isPerson: boolean): string {
  if (how.startsWith('by ')) return `, ${how}`;
  return isPerson ? `, who ${how}` : `, where somebody ${how}`;
}

function cronLine(origin: CronOrigin, at: string | null): string {
  if (origin.file) {
    const line = origin.line === null ? '' : ` line ${origin.line}`;
    const schedule = origin.schedule === null ? '' : `, schedule ${printable(origin.schedule)}`;
    return ` (${printable(origin.file)}${line}${schedule}${change(origin, at)})`;
  }
  return origin.command ? ` (${command({ comm: origin.command, cmdline: null })})` : '';
}

const changeShownMs = 86_400_000;

/** A line that came within the day before may be the reason itself. */
function change({ changedAt, changedBy: by }: CronOrigin, at: string | null): string {
  if (!changedAt || at === null) return '';
  const agoMs = msBetween(changedAt, at);
  if (agoMs < 0 || agoMs > changeShownMs) return '';
  const who = by ? ` by ${by.user === null ? 'somebody' : printable(by.user)}` : '';
  const from = by?.from ? ` from ${printable(by.from)}` : '';
  return `, changed ${duration(agoMs)} before${who}${from}`;
}

function atJob({ file, user }: Extract<Origin, { type: 'at' }>): string {
  const whose = user ? `a job of ${printable(user)}` : 'a job';
  return ` (${whose}${file ? `, ${printable(file)}` : ''})`;
}

function started(actor: Process): string {
  const user = asUser(actor, null);
  const parent = actor.ancestry[0];
  const by = parent && parent.pid > 1 ? `, started by ${nameAndPid(parent)}` : '';
  return user === '' ? by : `, run${user}${by}`;
}
