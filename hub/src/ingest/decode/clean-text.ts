/** Escapes in JSON text that may stand for what Postgres refuses in text and jsonb. */
const suspicious = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** U+2400, the picture of a NUL. */
const symbolForNull = '\u2400';

/**
 * Parses a message. What Postgres cannot hold is replaced: NULs by ␀, lone surrogates and invalid
 * UTF-8 by U+FFFD. Throws a SyntaxError when it is no JSON.
 */
export function parseMessage(data: Uint8Array): unknown {
  const text = new TextDecoder().decode(data);
  const value: unknown = JSON.parse(text);
  return suspicious.test(text) ? cleaned(value) : value;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return cleanString(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [cleanString(key), cleaned(member)]),
  );
}

/** Encoding to UTF-8 turns lone surrogates into U+FFFD. */
const cleanString = (text: string): string =>
  Buffer.from(text.replaceAll('\0', symbolForNull)).toString();
