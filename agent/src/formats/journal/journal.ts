import { beginning } from '../bytes.ts';
import { lineBatches } from '../log/line-batches.ts';
import { readText } from '../log/text.ts';
import type { Reader } from '../reader.ts';
import { journalParser } from './journal-parser.ts';
import { exportRecords } from './record/export-records.ts';
import { jsonRecords } from './record/json-records.ts';
import type { JournalRecord } from './record/record.ts';
import { type Shape, shapeOf } from './record/shape.ts';
import { verboseRecords } from './record/verbose-records.ts';

const sniffedBytes = 64 * 1024;

/**
 * Format `journal`: what journalctl prints with `-o json`, `export` or `verbose`; its other shapes
 * are text. Throws for a file of journald's own.
 */
export const readJournal: Reader = async function* (input, context) {
  const { head, all } = await beginning(input, sniffedBytes);
  const shape = shapeOf(head);
  if (shape === 'binary')
    throw new Error(
      `${context.file}: a file of journald itself: give what journalctl -o json --file=${context.file} prints`,
    );
  if (shape === 'text') yield* readText(all, context);
  else yield* readRecords(all, shape);
};

/** The events of a journal of a shape that is known. */
export async function* readRecords(
  input: AsyncIterable<Buffer>,
  shape: Exclude<Shape, 'binary' | 'text'>,
): ReturnType<Reader> {
  const parser = journalParser();
  for await (const record of recordsOf(input, shape)) yield* parser.push(record);
  yield* parser.flush();
}

async function* recordsOf(
  input: AsyncIterable<Buffer>,
  shape: Exclude<Shape, 'binary' | 'text'>,
): AsyncGenerator<JournalRecord> {
  if (shape === 'export') {
    yield* exportRecords(input);
    return;
  }
  const verbose = shape === 'verbose' ? verboseRecords() : null;
  const records = verbose ?? jsonRecords();
  for await (const lines of lineBatches(input))
    for (const line of lines) {
      const record = records.push(line);
      if (record) yield record;
    }
  const last = verbose?.flush();
  if (last) yield last;
}
