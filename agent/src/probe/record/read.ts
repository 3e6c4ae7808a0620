const usPerHighWord = 4_294_967;
const nsRestPerHighWord = 296;
const nsPerUs = 1000;

/**
 * Nanoseconds of a u64 as whole microseconds, exact where the number in ns is beyond 2^53
 * (an uptime of 104 days): 2^32 = 4294967 · 1000 + 296.
 */
export function readUs(from: Buffer, at: number): number {
  const low = from.readUInt32LE(at);
  const high = from.readUInt32LE(at + 4);
  const us = high * usPerHighWord + Math.floor((high * nsRestPerHighWord + low) / nsPerUs);
  return Math.min(us, Number.MAX_SAFE_INTEGER);
}

/** A u64 as a number; what is beyond 2^53 − 1 becomes that. */
export function readCount(from: Buffer, at: number): number {
  const count = from.readUInt32LE(at) + from.readUInt32LE(at + 4) * 2 ** 32;
  return Math.min(count, Number.MAX_SAFE_INTEGER);
}

/** A NUL-terminated string of at most `size` bytes; invalid UTF-8 becomes U+FFFD. */
export function readString(from: Buffer, at: number, size: number): string {
  const end = from.indexOf(0, at);
  return from.toString('utf8', at, end < 0 || end > at + size ? at + size : end);
}

/** Names, leaf first, each ended by NUL → `/root/…/leaf`; a path that was cut starts with `…/`. */
export function readPath(from: Buffer, at: number, length: number, cut: boolean): string {
  const names = from
    .toString('utf8', at, at + length)
    .split('\0')
    .filter((name) => name !== '')
    .reverse();
  return `${cut ? '…/' : '/'}${names.join('/')}`;
}

/**
 * An argv of `length` bytes, each argument ended by NUL. A cut one ends with `…`. Programs that
 * write their title over it (setproctitle: nginx, postgres, sshd) leave a tail of NULs, which is
 * dropped unless it came from exec.
 */
export function readArgv(
  from: Buffer,
  at: number,
  length: number,
  how: { cut: boolean; fromExec: boolean },
): string[] | null {
  if (length === 0) return null;
  const args = from.toString('utf8', at, at + length).split('\0');
  if (how.cut) {
    const last = args.pop() ?? '';
    if (!how.fromExec) dropEmptyTail(args);
    return [...args, `${last}…`];
  }
  if (args.at(-1) === '') args.pop();
  if (!how.fromExec) dropEmptyTail(args);
  return args;
}

function dropEmptyTail(args: string[]): void {
  while (args.length > 1 && args.at(-1) === '') args.pop();
}
