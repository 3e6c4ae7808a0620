import { TextDecoder } from 'node:util';

const sniffedBytes = 4;

/**
 * The bytes as UTF-8: a copy that Windows made (`dmesg > file` in PowerShell) is UTF-16, with or
 * without its mark. A byte order mark is dropped.
 */
export async function* utf8Bytes(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | null = Buffer.alloc(0);
  let decoder: TextDecoder | null = null;
  for await (const chunk of input) {
    if (head === null) {
      yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length < sniffedBytes) continue;
    decoder = decoderOf(head);
    yield begun(head, decoder);
    head = null;
  }
  if (head && head.length > 0) yield begun(head, decoderOf(head));
}

function begun(head: Buffer, decoder: TextDecoder | null): Buffer {
  if (decoder) return Buffer.from(decoder.decode(head, { stream: true }));
  const isMarked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  return isMarked ? head.subarray(3) : head;
}

function decoderOf([first, second, third, fourth]: Buffer): TextDecoder | null {
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le');
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be');
  if (first === undefined || second === undefined) return null;
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0)
    return new TextDecoder('utf-16le');
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0)
    return new TextDecoder('utf-16be');
  return null;
}
