import { leadingNuls } from '../bytes.ts';
import { utf8Bytes } from './utf8-bytes.ts';

const newline = 0x0a;
/** Longer lines keep this much: no evidence needs more, and a file without newlines must not fill the memory. */
const longestLineBytes = 256 * 1024;

/**
 * Splits bytes into lines, without their ends, as many at a time as came together (one at a time
 * costs more than reading them). UTF-16 is taken for what it is; invalid UTF-8 becomes U+FFFD; NULs (a log that was
 * truncated in place) are dropped at the start of a line.
 */
export async function* lineBatches(input: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  for await (const chunk of utf8Bytes(input)) {
    const batch: string[] = [];
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      const piece = chunk.subarray(from, at);
      batch.push(text(rest.length > 0 ? Buffer.concat([...rest, piece]) : piece));
      rest = [];
      restBytes = 0;
      from = at + 1;
    }
    // A truncation in place may leave gigabytes of NULs before the next line.
    if (restBytes === 0 && chunk[from] === 0) from += leadingNuls(chunk.subarray(from));
    const tail = chunk.subarray(from, from + Math.max(0, longestLineBytes - restBytes));
    if (tail.length > 0) {
      // A copy, so that the chunk itself can be freed.
      rest.push(Buffer.from(tail));
      restBytes += tail.length;
    }
    if (batch.length > 0) yield batch;
  }
  if (restBytes > 0) yield [text(Buffer.concat(rest))];
}

function text(bytes: Buffer): string {
  const line = bytes.toString('utf8', 0, Math.min(bytes.length, longestLineBytes));
  const ended = line.endsWith('\r') ? line.slice(0, -1) : line;
  return ended.charCodeAt(0) === 0 ? ended.replace(/^\0+/, '') : ended;
}
