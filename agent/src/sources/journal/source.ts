import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { lostGap } from '../../following/lost.ts';
import { whenQuiet } from '../../following/quiet.ts';
import { lineTaker } from '../../following/taker.ts';
import { journalParser } from '../../formats/journal/journal-parser.ts';
import { jsonRecords } from '../../formats/journal/record/json-records.ts';
import { field, type JournalRecord } from '../../formats/journal/record/record.ts';
import type { Emit, RawEvent, RunningSource, Source } from '../../source.ts';
import { cursorFile } from './cursor.ts';
import { followArguments, hasJournal, journalctlPath } from './journalctl.ts';

export interface JournalOptions {
  readonly bootId: string;
  /** Where the cursor is kept over restarts; null = nowhere. */
  readonly cursorPath: string | null;
  /** The kernel's own log is read: its copy in the journal says nothing new. */
  readonly hasKernelLog: boolean;
  /** Folder of the journal; that of this host when absent. */
  readonly directory?: string;
}

const quietMs = 2_000;
const saveMs = 5_000;
const firstBackoffMs = 1_000;
const longestBackoffMs = 60_000;
/** journalctl that ran so long was well: the next trouble is a new one. */
const wellMs = 60_000;

type Journalctl = ChildProcessByStdio<null, Readable, Readable>;

/** What journald takes down, through journalctl, which knows all formats of its files. */
export function journalSource(options: JournalOptions): Source {
  let trouble: string | null = null;
  return {
    name: 'journal',
    status: () => statusOf(options.directory ?? null, trouble),
    start: async (emit) =>
      start(options, emit, (now) => {
        trouble = now;
      }),
  };
}

function statusOf(directory: string | null, trouble: string | null): SourceStatus {
  const source = 'journal';
  const enable = 'run systemd-journald; mkdir /var/log/journal keeps it over boots';
  if (journalctlPath() === null)
    return { source, state: 'missing', why: 'journalctl is not installed', enable };
  if (!hasJournal(directory))
    return { source, state: 'missing', why: 'journald keeps no journal here', enable };
  if (trouble !== null)
    return { source, state: 'degraded', why: trouble, enable: 'journalctl --verify' };
  return { source, state: 'available', why: 'journalctl follows the journal' };
}

function start(
  { bootId, cursorPath, hasKernelLog, directory: given }: JournalOptions,
  emit: Emit,
  onTrouble: (why: string | null) => void,
): RunningSource {
  const directory = given ?? null;
  const sinceMs = Date.now();
  const cursor = cursorFile(cursorPath);
  const parser = journalParser();
  const thisBoot = bootId.replaceAll('-', '');
  let child: Journalctl | null = null;
  let retry: NodeJS.Timeout | null = null;
  let backoffMs = firstBackoffMs;
  let stopped = false;
  const quiet = whenQuiet(() => {
    for (const event of parser.flush()) emit(event);
  }, quietMs);
  const saving = setInterval(() => cursor.save(), saveMs);
  begin();

  return {
    async stop() {
      stopped = true;
      clearInterval(saving);
      if (retry) clearTimeout(retry);
      const running = child;
      if (running) {
        const ended = new Promise((resolve) => running.once('close', resolve));
        running.kill('SIGTERM');
        await ended;
      }
      quiet.stop();
      cursor.save();
    },
  };

  function begin(): void {
    retry = null;
    const program = journalctlPath();
    if (program === null || !hasJournal(directory)) {
      // It may come: a journald that is started later, or whose first message is still to come.
      retry = setTimeout(begin, longestBackoffMs);
      return;
    }
    const startedMs = performance.now();
    const running: Journalctl = spawn(
      program,
      followArguments(directory, cursor.get(), sinceMs, hasKernelLog),
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    child = running;
    const records = jsonRecords();
    const lines = lineTaker((line) => {
      const record = records.push(line);
      if (record) take(record);
    });
    let said = '';
    running.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(-200);
    });
    running.stdout.on('data', (bytes: Buffer) => lines.push(bytes));
    running.once('error', (error) => {
      said = error.message;
    });
    running.once('close', (code) => {
      child = null;
      if (stopped) return;
      if (performance.now() - startedMs >= wellMs) backoffMs = firstBackoffMs;
      const why = said.trim() || `it ended with status ${code}`;
      onTrouble(`journalctl: ${why}`);
      if (/cursor/i.test(said)) {
        cursor.set(null);
        emit(lostGap('journal', 'the journal', `the place where it was left is gone: ${why}`));
      }
      retry = setTimeout(begin, backoffMs);
      backoffMs = Math.min(2 * backoffMs, longestBackoffMs);
    });
  }

  function take(record: JournalRecord): void {
    quiet.touch();
    onTrouble(null);
    const isOfThisBoot = field(record, '_BOOT_ID') === thisBoot;
    for (const event of parser.push(record)) emit(isOfThisBoot ? event : withoutBootTime(event));
    cursor.set(field(record, '__CURSOR'));
  }
}

/** Time since another boot says nothing in this one. */
function withoutBootTime(event: RawEvent): RawEvent {
  return { ...event, bootUs: null };
}
