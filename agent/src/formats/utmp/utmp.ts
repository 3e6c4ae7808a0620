import type { RawEvent } from '../../source.ts';
import { beginning } from '../bytes.ts';
import type { ReadContext, Reader } from '../reader.ts';
import { detectLayout, probeSizeBytes } from './detect.ts';
import { type UtmpContent, utmpEvent } from './event.ts';
import type { Layout } from './layout.ts';
import { isPrinted, readPrinted } from './printed/printed.ts';
import { parseUtmp } from './record.ts';
import { createResync } from './resync.ts';

/**
 * utmp, wtmp and btmp of any Linux: width of times and byte order are told by what makes sense.
 * What utmpdump(1) and last(1) print of them is read too. A torn last record and records that cannot be any are passed over. Throws when nothing in the
 * file is a record.
 */
export const readUtmp: Reader = (input, context) => read(input, context, contentOf(context.file));

/** The same for a file whose name does not tell that it is a btmp. */
export const readBtmp: Reader = (input, context) => read(input, context, 'failures');

async function* read(
  input: AsyncIterable<Buffer>,
  context: ReadContext,
  content: UtmpContent,
): ReturnType<Reader> {
  const { head, all } = await beginning(input, probeSizeBytes);
  if (isPrinted(head)) yield* readPrinted(all, context, content);
  else yield* readRecords(all, context.file, content);
}

async function* readRecords(
  input: AsyncIterable<Buffer>,
  file: string,
  content: UtmpContent,
): ReturnType<Reader> {
  let held: Buffer = Buffer.alloc(0);
  let reader: RecordReader | null = null;
  for await (const chunk of input) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (!reader && held.length < probeSizeBytes) continue;
    reader ??= createRecordReader(detectLayout(held, false) ?? noRecords(file), content);
    const { events, usedBytes } = reader(held, false);
    held = held.subarray(usedBytes);
    yield* events;
  }
  if (!reader && held.every((byte) => byte === 0)) return;
  reader ??= createRecordReader(detectLayout(held, true) ?? noRecords(file), content);
  yield* reader(held, true).events;
}

/** Takes what is held of the file; gives the events in it and how many bytes they used up. */
type RecordReader = (held: Buffer, ended: boolean) => { events: RawEvent[]; usedBytes: number };

function createRecordReader(layout: Layout, content: UtmpContent): RecordReader {
  const bytesToSkip = createResync(layout);
  let offset = 0;
  return (held, ended) => {
    const events: RawEvent[] = [];
    let at = 0;
    while (held.length - at >= layout.sizeBytes) {
      const rest = held.subarray(at);
      const skip = bytesToSkip(rest, ended);
      if (skip === null) break;
      if (skip > 0) {
        at += skip;
        continue;
      }
      const record = parseUtmp(rest, layout, offset + at);
      at += layout.sizeBytes;
      const event = record && utmpEvent(record, content);
      if (event) events.push(event);
    }
    offset += at;
    return { events, usedBytes: at };
  };
}

function noRecords(file: string): never {
  throw new Error(`${file}: no utmp records of any known layout: is it a utmp, wtmp or btmp file?`);
}

function contentOf(file: string): UtmpContent {
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (/btmp/i.test(name)) return 'failures';
  return /[uw]tmp/i.test(name) ? 'sessions' : 'unknown';
}
