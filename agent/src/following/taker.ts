import { leadingNuls } from '../formats/bytes.ts';

/** Takes the bytes of one file in order. */
export interface Taker {
  /** Uses the bytes up, which are another's buffer; returns how many of all so far wait for the rest of a line or record. */
  push(bytes: Buffer): number;
  /** Nothing more comes. */
  end(): void;
}

const newline = 0x0a;
const longestLineBytes = 64 * 1024;

/** Gives whole lines, without their ends and without the NULs that a truncation in place leaves before them. */
export function lineTaker(onLine: (line: string) => void): Taker {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let pending = 0;
  const give = (piece: Buffer): void => {
    const bytes = held.length === 0 ? piece : Buffer.concat([...held, piece]);
    held = [];
    heldBytes = 0;
    pending = 0;
    onLine(bytes.toString('utf8').replace(/^\0+|\r$/g, ''));
  };
  return {
    push(bytes) {
      let from = 0;
      for (let at = bytes.indexOf(newline); at >= 0; at = bytes.indexOf(newline, from)) {
        give(bytes.subarray(from, Math.min(at, from + longestLineBytes)));
        from = at + 1;
      }
      const rest = bytes.subarray(from);
      pending += rest.length;
      // A truncation in place may leave gigabytes of NULs before the next line.
      if (held.length === 0 && rest[0] === 0) from += leadingNuls(rest);
      const kept = bytes.subarray(from, from + longestLineBytes - heldBytes);
      if (kept.length > 0) held.push(Buffer.from(kept));
      heldBytes += kept.length;
      return pending;
    },
    end() {
      if (held.length > 0) give(Buffer.alloc(0));
    },
  };
}
