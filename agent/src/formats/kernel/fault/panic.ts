/** `Kernel panic - not syncing: why` (2.4 to 2.6.8: `Kernel panic: why`); null when it is none. */
export function panicMessage(text: string): string | null {
  if (!text.startsWith('Kernel panic')) return null;
  return /^Kernel panic(?: - not syncing)?: (.+)$/s.exec(text)?.[1]?.trimEnd() ?? null;
}

/** What the kernel says just before the register dump of an oops. */
const causes =
  /^(?:BUG: (?:unable to handle|kernel NULL)|kernel BUG at|Unable to handle kernel|Internal error: )/;

export function oopsCause(text: string): string | null {
  return causes.test(text) ? text.trimEnd() : null;
}

const dies =
  /^(?:Oops|Internal error|general protection fault|invalid opcode|divide error|double fault|stack segment|int3|page fault|alignment exception|Kernel BUG|Kernel access of bad area|Machine check|Unhandled|Instruction |[\w /'-]{3,60}: [0-9a-f]{4}(?: ilc:\d)? )[^\n]*\[#\d+\]/;

/** The line with the die counter (`Oops: 0002 [#1] SMP`): the current task will not go on. */
export function isOops(text: string): boolean {
  return text.includes(' [#') && dies.test(text);
}
