/** Whether one of the names matches one of the globs: `*` is any characters, `?` one. */
export function matcher(globs: readonly string[]): (names: readonly string[]) => boolean {
  const patterns = globs.map(toPattern);
  return (names) => patterns.some((pattern) => names.some((name) => pattern.test(name)));
}

function toPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's');
}
