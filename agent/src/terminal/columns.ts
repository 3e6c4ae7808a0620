/** Pads to a width; what is longer stays whole. */
export function column(text: string, width: number): string {
  return text.padEnd(width);
}

/** Cuts a line to the width of the terminal, ended by `…`; null = no terminal, no cut. */
export function fitLine(text: string, width: number | null): string {
  const characters = [...text];
  if (width === null || characters.length <= width) return text;
  return `${characters.slice(0, Math.max(0, width - 1)).join('')}…`;
}

/** A cell of a table whose columns stay where they are: padded, or cut. */
export function cell(text: string, width: number): string {
  return fitLine(text, width).padEnd(width);
}

/** Breaks a text between words into lines of at most `width`; a longer word stays whole. Null = one line. */
export function wrapped(text: string, width: number | null): string[] {
  if (width === null) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
