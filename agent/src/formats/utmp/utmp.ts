import type { Reader } from '../reader.ts';
import { detectLayout, probeSizeBytes } from './detect.ts';
import { type UtmpContent, utmpEvent } from './event.ts';
import type { Layout } from './layout.ts';
import { parseUtmp } from './record.ts';

/**
 * utmp, wtmp and btmp of any Linux: width of times and byte order are told by what makes sense.
 * A torn last record and records that cannot be any are passed over. Throws when nothing in the
 * file is a record.
 */
export const readUtmp: Reader = (input, { file }) => readRecords(input, file, contentOf(file));

/** The same for a file whose name does not tell that it is a btmp. */
export const readBtmp: Reader = (input, { file }) => readRecords(input, file, 'failures');

async function* readRecords(
  input: AsyncIterable<Buffer>,
  file: string,
  content: UtmpContent,
): ReturnType<Reader> {
  let held: Buffer = Buffer.alloc(0);
  let layout: Layout | null = null;
  let offset = 0;
  const records = function* (known: Layout) {
    while (held.length >= known.sizeBytes) {
      const record = parseUtmp(held, known, offset);
      held = held.subarray(known.sizeBytes);
      offset += known.sizeBytes;
      const event = record && utmpEvent(record, content);
      if (event) yield event;
    }
  };
  for await (const chunk of input) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (layout === null && held.length < probeSizeBytes) continue;
    layout ??= detectLayout(held, false);
    if (layout === null) throw noRecords(file);
    yield* records(layout);
  }
  if (layout === null) {
    layout = detectLayout(held, true);
    if (layout === null && held.some((byte) => byte !== 0)) throw noRecords(file);
  }
  if (layout !== null) yield* records(layout);
}

function noRecords(file: string): Error {
  return new Error(
    `${file}: no utmp records of any known layout: is it a utmp, wtmp or btmp file?`,
  );
}

function contentOf(file: string): UtmpContent {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/btmp/i.test(name)) return 'failures';
  return /[uw]tmp/i.test(name) ? 'sessions' : 'unknown';
}
