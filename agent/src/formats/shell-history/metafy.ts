/** zsh writes certain bytes as this one and the byte with bit 5 turned over (Src/utils.c, metafy). */
const meta = 0x83;
const flipped = 0x20;

/** The bytes as they were typed. */
export function unmetafy(line: Buffer): Buffer {
  if (!line.includes(meta)) return line;
  const result: number[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const byte = line[at] as number;
    const next = line[at + 1];
    if (byte === meta && next !== undefined) {
      result.push(next ^ flipped);
      at += 1;
    } else {
      result.push(byte);
    }
  }
  return Buffer.from(result);
}
