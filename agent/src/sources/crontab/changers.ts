import { basename, dirname } from 'node:path';
import type { Process } from '@coroner/schema/process';
import type { RawEvent } from '../../source.ts';

/** Who changed a crontab, as far as another source saw it. */
export interface Changers {
  heard(event: RawEvent): void;
  /** The one that may have changed this file at that time; null when there is none, or several. */
  of(path: string, changedAt: string): Process | null;
}

interface Change {
  by: Process;
  /** Files, and whose crontab it is. */
  targets: readonly string[];
  fromMs: number;
  /** Null while the command runs. */
  untilMs: number | null;
}

const mostKept = 256;
const usPerMs = 1000;
/** Times of files lag behind the clock, and lines of logs behind what they tell. */
const slackMs = 50;
const loggedWithinMs = 2_000;

/** `isSpool`: the crontabs of users lie there, each under its user's name. */
export function changers(
  userName: (uid: number) => string | null,
  isSpool: (folder: string) => boolean,
): Changers {
  let changes: Change[] = [];

  function keep(change: Change): void {
    changes = [...changes.filter(({ by }) => !isSame(by, change.by)), change].slice(-mostKept);
  }

  return {
    heard(event) {
      if (event.kind === 'request' && event.of === 'crontab') keep(ofRequest(event, userName));
      if (event.kind === 'cron-change') for (const change of ofLog(event)) keep(change);
    },
    of(path, changedAt) {
      const atMs = Date.parse(changedAt);
      const owner = isSpool(dirname(path)) ? basename(path) : null;
      const found = changes.filter(
        ({ targets, fromMs, untilMs }) =>
          (targets.includes(path) || (owner !== null && targets.includes(owner))) &&
          fromMs <= atMs + slackMs &&
          (untilMs === null || untilMs >= atMs - slackMs),
      );
      // crontab(1) runs the editor, and writes to the log itself.
      const [first] = found;
      return first && found.every(({ by }) => isOf(by, first.by)) ? first.by : null;
    },
  };
}

function ofRequest(
  { by, targets, at, bootUs, endedUs }: Extract<RawEvent, { kind: 'request' }>,
  userName: (uid: number) => string | null,
): Change {
  const own = typeof by.uid === 'number' ? userName(by.uid) : null;
  const fromMs = Date.parse(at ?? '');
  const untilMs = endedUs === undefined ? null : fromMs + (endedUs - (bootUs ?? 0)) / usPerMs;
  return { by, targets: targets.length > 0 || own === null ? targets : [own], fromMs, untilMs };
}

/** Into a text log anybody may write anybody's name. */
function ofLog(event: Extract<RawEvent, { kind: 'cron-change' }>): Change[] {
  const { user, owner, action, pid, at, source } = event;
  if (source === 'log' || !/^(?:replace|delete)$/.test(action) || !user || !owner) return [];
  const by = { pid: pid ?? 0, comm: 'crontab', user, auditUser: user, ancestry: [] };
  const ms = Date.parse(at ?? '');
  return [{ by, targets: [owner], fromMs: ms - loggedWithinMs, untilMs: ms + loggedWithinMs }];
}

const isSame = (a: Process, b: Process): boolean =>
  a.pid === b.pid && (a.startUs ?? null) === (b.startUs ?? null);

/** The same process, as another source tells of it, or one that was started by it. */
const isOf = (process: Process, first: Process): boolean =>
  process.pid === first.pid || process.ancestry.some(({ pid }) => pid === first.pid);
