import { spawn } from 'node:child_process';
import { lineTaker } from '../../following/taker.ts';
import { journalParser } from '../../formats/journal/journal-parser.ts';
import { jsonRecords } from '../../formats/journal/record/json-records.ts';
import { field, type JournalRecord, numberField } from '../../formats/journal/record/record.ts';
import { journalctlPath, journalMatches } from '../../sources/journal/journalctl.ts';
import { gently } from '../bytes/gently.ts';
import type { Reading } from './reading.ts';

export interface JournalSpan {
  /** Folder of the journal; that of this host when null. */
  readonly directory: string | null;
  readonly sinceMs: number;
  readonly untilMs: number;
  /** Time since boot counts in this boot alone. */
  readonly bootId: string;
}

const usPerMs = 1000;
const longestSaid = 200;

/** Reads what journald took down in a span of time; the offset is ms since 1970. */
export async function readJournal(span: JournalSpan, reading: Reading): Promise<void> {
  const program = journalctlPath();
  if (program === null) throw new Error('journalctl is not installed: apt-get install systemd');
  const child = spawn(program, spanArguments(span), {
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: reading.signal,
  });
  gently(child.pid);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-longestSaid);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', (error) => {
      said = error.message;
    });
  });
  const parser = journalParser();
  const thisBoot = span.bootId.replaceAll('-', '');
  let reachedMs = span.sinceMs;
  const take = (record: JournalRecord): void => {
    const isOfThisBoot = field(record, '_BOOT_ID') === thisBoot;
    for (const event of parser.push(record))
      reading.take(isOfThisBoot ? event : { ...event, bootUs: null });
    const micros = numberField(record, '__REALTIME_TIMESTAMP');
    if (micros !== null) reachedMs = Math.floor(micros / usPerMs);
  };
  const records = jsonRecords();
  const lines = lineTaker((line) => {
    const record = records.push(line);
    if (record) take(record);
  });
  try {
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      lines.push(chunk);
      await reading.step(chunk.length, reachedMs);
    }
  } finally {
    // Also when reading is to stop before the end.
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
  }
  reading.signal.throwIfAborted();
  for (const event of parser.flush()) reading.take(event);
  if (child.exitCode !== 0 && said !== '') throw new Error(`journalctl: ${said.trim()}`);
}

function spanArguments({ directory, sinceMs, untilMs }: JournalSpan): string[] {
  return [
    ...(directory === null ? [] : [`--directory=${directory}`]),
    '--output=json',
    '--quiet',
    '--no-pager',
    '--all',
    `--since=@${Math.floor(sinceMs / 1000)}`,
    `--until=@${Math.ceil(untilMs / 1000)}`,
    ...journalMatches(false),
  ];
}
