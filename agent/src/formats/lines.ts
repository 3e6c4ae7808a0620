const newline = 0x0a;
const carriageReturn = 0x0d;

/** Longest line that is kept whole: an audit EXECVE record or a redacted argv is far below. */
const longestLineBytes = 1024 * 1024;

/**
 * Splits bytes at newlines, without them and without a carriage return before them. Of a longer
 * line than `longestLineBytes` only the start is given. The last line may lack its newline.
 */
export async function* byteLines(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [];
  let held = 0;
  const hold = (part: Buffer): void => {
    const room = longestLineBytes - held;
    if (part.length === 0 || room <= 0) return;
    parts.push(part.subarray(0, room));
    held += Math.min(part.length, room);
  };
  const take = (): Buffer => {
    const line = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, held);
    parts = [];
    held = 0;
    return line.at(-1) === carriageReturn ? line.subarray(0, -1) : line;
  };
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      hold(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    hold(chunk.subarray(start));
  }
  if (held > 0) yield take();
}

/** The same as text; invalid UTF-8 becomes U+FFFD. */
export async function* textLines(input: AsyncIterable<Buffer>): AsyncGenerator<string> {
  for await (const line of byteLines(input)) yield line.toString('utf8');
}
