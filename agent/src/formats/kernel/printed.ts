/** A printed decimal; null when absent, or too big to be meant ("no limit" is printed as 2^63). */
export function printedNumber(text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : null;
}

/** Hex without 0x and in lower case; `(null)` is how old kernels print a zero pointer. */
export function printedAddress(text: string | undefined): string | null {
  if (text === undefined) return null;
  if (text.startsWith('(n')) return '0';
  const hex = text.toLowerCase().replace(/^0x/, '');
  return /^[0-9a-f]+$/.test(hex) ? hex : null;
}

/** TASK_COMM_LEN is 16; kernel workers print up to 63 bytes of description. */
const longestName = 64;

/**
 * The name of a task as it is: rsyslog writes a newline as `#012`, the console and /dev/kmsg as
 * `\x0a`. Null when the text is too long to be one.
 */
export function taskName(printed: string): string | null {
  const name = printed
    .replace(/#(0[0-3][0-7]|177)/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
    .replace(/(?:\\x[0-9a-f]{2})+/g, (escapes) =>
      Buffer.from(escapes.replaceAll('\\x', ''), 'hex').toString('utf8'),
    );
  return name.length > longestName ? null : name;
}
