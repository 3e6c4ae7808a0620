import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { bootWallUs } from '../clock.ts';
import type { Host } from '../host.ts';
import type { Log } from '../log.ts';
import type { Commit, Emit, RunningSource, Source, Waiting } from '../source.ts';
import { hasJournal } from '../sources/journal/journalctl.ts';
import type { EndPolicy } from '../sources/pacct/policy.ts';
import { gentlePace } from './pace.ts';
import { plan } from './plan/plan.ts';
import { type History, loadHistory, saveHistory } from './progress/state.ts';
import { statusOf } from './progress/words.ts';
import { readHistory } from './read-history.ts';

export interface BackfillOptions {
  readonly host: Host;
  /** How far back; 0 = nothing is read. */
  readonly days: number;
  /** Where the progress is kept: that it is there says that this is not the first start. */
  readonly historyPath: string;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Which normal ends are told that process accounting knows. */
  readonly ends: EndPolicy;
  /** Folder that stands for `/`. */
  readonly root?: string;
  /** Folder of the journal; that of this host when absent. */
  readonly journal?: string;
}

const msPerDay = 86_400_000;
const usPerMs = 1000;

/**
 * What the host remembers from before the agent, once: begun at the first start, gone on with after
 * a kill. Start it last: what the live sources follow from now on is not the past.
 */
export function backfillSource(options: BackfillOptions): Source {
  return {
    name: 'backfill',
    status: () => status(options),
    start: async (emit, commit, waiting) => start(options, emit, commit, waiting),
  };
}

function status({ historyPath, days }: BackfillOptions): SourceStatus {
  try {
    return statusOf(loadHistory(historyPath), days);
  } catch (error) {
    return {
      source: 'backfill',
      state: 'available',
      why: `how far the past is read is not known: ${(error as Error).message}`,
      enable: 'run it as the user of the agent',
    };
  }
}

function start(
  options: BackfillOptions,
  emit: Emit,
  commit: Commit = () => undefined,
  waiting: Waiting = () => 0,
): RunningSource {
  const { host, days, historyPath, log } = options;
  const stopping = new AbortController();
  const history = begun(options);
  if (history.finishedAt !== null) return { stop: async () => undefined };
  const planNow = planOf(options, history);
  const running = readHistory({
    history,
    host,
    journal: options.journal ?? null,
    ends: options.ends,
    pace: gentlePace(waiting, stopping.signal),
    log,
    signal: stopping.signal,
    plan: planNow,
    emit,
    commit,
    save: (now) => saveHistory(historyPath, now),
  }).then(
    () => log.info({ why: statusOf(history, days).why }, 'the past is read'),
    (error: Error) => {
      if (!stopping.signal.aborted)
        log.warn({ reason: error.message }, 'the past is not read to its end');
    },
  );
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/**
 * What an earlier start began, else a new plan. A first start that reads nothing leaves its time
 * behind: whenever more is asked for, the past ends there.
 */
function begun(options: BackfillOptions): History {
  const { days, historyPath, log } = options;
  const left = loadHistory(historyPath);
  if (left && (left.days > 0 || days === 0)) return left;
  const first = left ?? firstStart(options);
  const history: History = { ...first, days, finishedAt: days === 0 ? first.startedAt : null };
  if (days > 0) {
    history.pieces = planOf(options, history)();
    log.info({ days, files: history.pieces.length }, 'the past: reading what this host remembers');
  }
  saveHistory(historyPath, history);
  return history;
}

function firstStart({ host, days }: BackfillOptions): History {
  return {
    startedAt: new Date().toISOString(),
    finishedAt: null,
    days,
    bootId: host.bootId,
    bootedAt: new Date(bootWallUs() / usPerMs).toISOString(),
    pieces: [],
  };
}

function planOf({ root = '/', journal }: BackfillOptions, { startedAt, days }: History) {
  const untilMs = Date.parse(startedAt);
  const sinceMs = untilMs - days * msPerDay;
  return () => plan({ root, sinceMs, untilMs, hasJournal: hasJournal(journal ?? null) });
}
