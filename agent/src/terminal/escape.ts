/** Control and format characters, line and paragraph separators, unpaired surrogates. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/**
 * Text that somebody else chose, made fit for a terminal: nothing in it can move the cursor, change
 * colours, end the line, hide or reorder what stands beside it.
 */
export function escaped(text: string): string {
  return text.replace(
    unprintable,
    (character) => short[character] ?? `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
}
