/** The words of a shell command without its redirections, quotes taken off: what an argv is made of. */
export function commandWords(command: string): string[] {
  const words: string[] = [];
  for (const [written] of command.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'\\])+/g))
    words.push(
      written.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double, single, escaped) =>
        double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(["\\$`])/g, '$1'),
      ),
    );
  return words.filter(
    (word, index) =>
      !/^\d*(?:[<>]|>>)/.test(word) && !/^\d*(?:[<>]|>>)$/.test(words[index - 1] ?? ''),
  );
}
