const clock = '(?:\\d{1,2}(?::\\d{2}){0,2}\\s*(?:am|pm)?|noon|midnight)';

const rewritten: readonly (readonly [RegExp, string])[] = [
  // "between 3 and 4am" is a window, as "3am to 4am" is.
  [
    /\bbetween\s+(\d{1,2}(?::\d{2})?)\s+(?:and|to|-)\s+(\d{1,2}(?::\d{2})?)\s*(am|pm)\b/gi,
    'from $1$3 to $2$3',
  ],
  [new RegExp(`\\bbetween\\s+(${clock})\\s+(?:and|to|-)\\s+(${clock})`, 'gi'), 'from $1 to $2'],
  [/\b(\d{1,2}(?::\d{2})?(?:am|pm)?)-?ish\b/gi, '$1'],
  // "yesterday around 3am": a vague word keeps the day from its hour.
  [
    /(?:\bat\s+)?(?:\b(?:around|about|approx(?:imately)?|roughly|circa|ca\.?)\s+|~\s*)(?=(?:\d{1,2}(?:(?::|\s*[ap]m)|\s*(?:$|[?!,.;]|on\b|last\b|yesterday\b|today\b|this\b|utc\b))|noon\b|midnight\b))/gi,
    'at ',
  ],
  [/\b(\d{1,2})\s*o'?\s?clock\b/gi, '$1:00'],
  [/\byday\b|\byest\b|\byesterd?ay\b|\byesteday\b|\byestrday\b/gi, 'yesterday'],
  [/\b(?:2nite|2night|tonite)\b/gi, 'tonight'],
  [/\blast\s?nite\b|\blastnight\b/gi, 'last night'],
  [/\b(?:a\s+)?(?:couple\s+(?:of\s+)?|few\s+)(?=(?:min|minute|hour|hr|sec)s?\b)/gi, '3 '],
  [/\b(\d+)\s*(?:hrs?|h)\s+ago\b/gi, '$1 hours ago'],
  [/\b(\d+)\s*(?:m|mins?)\s+ago\b/gi, '$1 minutes ago'],
];

/** Times as people type them, in the words that are read from there on. */
export function plainTimes(text: string): string {
  return rewritten.reduce((rest, [words, plain]) => rest.replace(words, plain), text);
}
