const colour = /\u001b\[[\d;]*m/g;
const narrowest = 40;

/** Breaks a line between words; further lines are indented. Colour codes take no room. */
export function wrapped(text: string, width: number, indent: number): string {
  const room = Math.max(width, narrowest);
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/(?<= )/)) {
    const length = word.replace(colour, '').trimEnd().length;
    if (used > indent && used + length > room) {
      lines.push(line.trimEnd());
      line = ' '.repeat(indent);
      used = indent;
    }
    line += word;
    used += word.replace(colour, '').length;
  }
  return [...lines, line.trimEnd()].join('\n');
}
