/** A shell word of a text: where it stands, and what the shell would make of it. */
export interface Word {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** `|`, `;`, `&` or a line's end: a new command begins. */
  readonly operator: boolean;
}

const wordOrOperator =
  /[|;&\n()]|(?:[^\s"'\\|;&()]|\\[\s\S]|\\$|"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|'[^']*(?:'|$))+/g;

/** Splits text as a shell would, roughly: an open quote runs to the end, nothing is expanded. */
export function shellWords(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(wordOrOperator)) {
    const raw = match[0];
    const operator = raw.length === 1 && '|;&\n()'.includes(raw);
    words.push({
      start: match.index,
      end: match.index + raw.length,
      value: /["'\\]/.test(raw) ? unquote(raw) : raw,
      operator,
    });
  }
  return words;
}

function unquote(raw: string): string {
  return raw.replace(
    /"((?:[^"\\]|\\[\s\S])*)(?:"|\\?$)|'([^']*)(?:'|$)|\\([\s\S])/g,
    (_all, double: string | undefined, single: string | undefined, escaped: string | undefined) =>
      double?.replace(/\\(["\\$`])/g, '$1') ?? single ?? escaped ?? '',
  );
}
