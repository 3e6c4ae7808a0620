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
