/**
 * Whether `text` fits `glob` as a whole: `*` is any characters, `?` one. Time at most the product of
 * their lengths, whatever they hold; a regular expression could take for ever.
 */
export function fits(glob: string, text: string): boolean {
  let inGlob = 0;
  let inText = 0;
  let star = -1;
  let afterStar = 0;
  while (inText < text.length) {
    if (glob[inGlob] === '*') {
      star = inGlob;
      afterStar = inText;
      inGlob += 1;
    } else if (glob[inGlob] === '?' || glob[inGlob] === text[inText]) {
      inGlob += 1;
      inText += 1;
    } else if (star >= 0) {
      afterStar += 1;
      inGlob = star + 1;
      inText = afterStar;
    } else return false;
  }
  while (glob[inGlob] === '*') inGlob += 1;
  return inGlob === glob.length;
}
