import { stableId } from '@coroner/schema/identity';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { uptimeUs } from '../../clock.ts';
import { watchFolders } from '../../following/folders.ts';
import { isReadable } from '../../following/readable.ts';
import { userNames } from '../../identity/users.ts';
import { redactText } from '../../redact/redact.ts';
import type { Emit, RawEvent, RunningSource, Source } from '../../source.ts';
import { changers } from './changers.ts';
import { compare, identity, loadMemory, type Memory, saveMemory, type Told } from './memory.ts';
import { crontabFolders, crontabPlaces, isUserFolder } from './places.ts';
import { readTable, versionOf } from './table.ts';
import { hostTimeZone } from './time-zone.ts';

export interface CrontabOptions {
  readonly host: string;
  /** Where the lines that were told are kept over restarts; null = nowhere. */
  readonly memoryPath: string | null;
  /** Folder that stands for `/`. */
  readonly root?: string;
}

/** Editors write in several steps: what they leave behind is read. */
const settleMs = 200;
const rescanMs = 60_000;

/**
 * Every line that cron runs, with the time since when it stands there, and again with `removed` when
 * it is gone: so that a death can be joined with the line as it was when the job began.
 */
export function crontabSource(options: CrontabOptions): Source {
  return {
    name: 'crontab',
    isBackground: true,
    status: () => statusOf(options.root ?? '/'),
    start: (emit) => start(options, emit),
  };
}

function statusOf(root: string): SourceStatus {
  const places = crontabPlaces(root).filter(({ path }) => versionOf(path) !== null);
  if (places.length === 0)
    return {
      source: 'crontab',
      state: 'available',
      why: 'no crontab here; one that comes is read',
    };
  const closed = places.filter(({ path }) => !isReadable(path));
  if (closed.length > 0)
    return {
      source: 'crontab',
      state: 'degraded',
      why: `not readable: ${closed.map(({ path }) => path).join(', ')}`,
      enable: 'run the agent as root',
    };
  return { source: 'crontab', state: 'available', why: `${places.length} crontabs are read` };
}

async function start(options: CrontabOptions, emit: Emit): Promise<RunningSource> {
  const root = options.root ?? '/';
  const memory: Memory = loadMemory(options.memoryPath);
  const changed = changers(userNames(), (folder) => isUserFolder(folder, root));
  let settling: NodeJS.Timeout | null = null;
  let reading: Promise<void> = Promise.resolve();
  const scanSoon = (): void => {
    settling ??= setTimeout(() => {
      settling = null;
      reading = reading.then(() => scan(false));
    }, settleMs);
  };
  // First the watch, then the first look: a change in between is seen.
  const folders = watchFolders(crontabFolders(root), (folder, name) => {
    if (!folder.endsWith('/etc') || name === null || /^(?:ana)?cron/.test(name)) scanSoon();
  });
  await scan(true);
  const timer = setInterval(() => {
    folders.retry();
    scanSoon();
  }, rescanMs);

  return {
    heard: changed.heard,
    async stop() {
      clearInterval(timer);
      if (settling) clearTimeout(settling);
      folders.stop();
      await reading;
    },
  };

  /** At the start lines that were told before are told again: a hub that is new knows none of them. */
  async function scan(isFirst: boolean): Promise<void> {
    const timeZone = hostTimeZone(root);
    const places = crontabPlaces(root);
    const gone = [...memory.keys()].filter((path) => !places.some((place) => place.path === path));
    let isNews = false;
    for (const place of [...places, ...gone.map((path) => ({ path, form: 'system' as const }))]) {
      const known = memory.get(place.path);
      // When a script runs is said by another file.
      const mayDiffer = isFirst || place.form === 'part';
      if (!mayDiffer && versionOf(place.path)?.version === known?.version) continue;
      const lines = [...memory.values()].flatMap(({ told }) => told.map(({ job }) => job));
      const around = { root, hostTimeZone: timeZone, lines };
      const table = await readTable(place, around).catch(() => undefined);
      // It is there and cannot be read: what was told stays true.
      if (table === undefined || (table === null && !known)) continue;
      const removedAt = table?.changedAt ?? new Date().toISOString();
      const by = changed.of(place.path, removedAt);
      // What stands there at the first look may have come at any time.
      const change = isFirst && !known ? {} : { isChange: true, ...(by ? { by } : {}) };
      const { now, added, removed } = compare(known?.told ?? [], table, change);
      // What changed while somebody looked has a time that stays right when the clock is set.
      const seen = isFirst ? {} : { bootUs: uptimeUs() };
      for (const { job } of removed)
        emit({ ...eventOf({ job, since: removedAt, ...change }, true), ...seen });
      for (const told of isFirst ? now : added) emit({ ...eventOf(told, false), ...seen });
      if (table) memory.set(place.path, { version: table.version, told: now });
      else memory.delete(place.path);
      isNews ||= isFirst || added.length > 0 || removed.length > 0;
    }
    if (isNews) saveMemory(options.memoryPath, memory);
  }

  /** The id is the same at every start, and another one when a line comes back after it was removed. */
  function eventOf({ job, since, isChange, by }: Told, removed: boolean): RawEvent {
    const told = identity({ ...job, command: redactText(job.command), stdin: null });
    return {
      kind: 'cron-job',
      id: stableId('cron-job', options.host, told, since, removed ? 'removed' : ''),
      source: 'crontab',
      at: since,
      ...job,
      nextRun: null,
      ...(removed ? { removed } : {}),
      ...(isChange ? { changedAt: since } : {}),
      ...(by ? { changedBy: by } : {}),
    };
  }
}
