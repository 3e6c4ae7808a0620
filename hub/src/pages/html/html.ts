import { printable } from '@coroner/schema/verdict/words/printable';

/** Text that is HTML already: made by {@link html} alone, so that nothing else can pass for it. */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  static of(strings: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    return new Html(strings.reduce((text, part, index) => text + markup(values[index - 1]) + part));
  }

  toString(): string {
    return this.#text;
  }
}

/** What a template takes: text and numbers, which are escaped, HTML, lists of these, and nothing. */
export type HtmlValue = string | number | Html | null | undefined | false | readonly HtmlValue[];

/**
 * HTML in which every value is escaped, for element content and for attributes in double quotes;
 * nothing turns that off. Control characters and bidirectional overrides become visible.
 */
export const html = (strings: TemplateStringsArray, ...values: HtmlValue[]): Html =>
  Html.of(strings, values);

function markup(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(markup).join('');
  return escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

const escaped = (text: string): string =>
  printable(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? '');
