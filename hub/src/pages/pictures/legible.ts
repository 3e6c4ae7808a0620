/**
 * What DejaVu Sans, the font of pictures, has no letters for, and draws as boxes. Fonts with those of
 * Chinese, Japanese and Korean are of 10 MB each as TrueType, which is what the drawing program reads.
 */
const unknownLetters =
  /[^\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Georgian}\p{sc=Inherited}\p{sc=Common}]|[\u2e80-\ufffc\u{10000}-\u{10ffff}]/gu;

/** Text for a picture: a letter that cannot be drawn is named by its number, `\u{6570}`. */
export const legible = (text: string): string =>
  text.replace(unknownLetters, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`);
