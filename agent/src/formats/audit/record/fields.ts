/** A value of an audit record; `encodable` when it stood bare in a raw record, where hex is text. */
export interface Value {
  readonly text: string;
  readonly encodable: boolean;
}

export type Fields = ReadonlyMap<string, Value>;

/** Fields of a record, and those within its `msg='…'`, which user space wrote. */
export interface RecordFields {
  readonly own: Fields;
  readonly inner: Fields;
  /** Names that auditd looked up (`UID="root"`), by their upper-case keys. */
  readonly enriched: Fields;
}

/** Of one record at most so many fields are kept; EXECVE of a long argv has thousands. */
const mostFields = 8192;

/** rsyslog writes the separator of the enriched part as an octal escape. */
const enrichment = /\x1d|#035(?=[A-Z]{2,}=)/;

/** A copy that dropped the separator glues the part to the last bare value: `key=(null)ARCH=x86_64`. */
const glued = /(?<==[^\s"'=]{1,40})(?=(?:ARCH|O?AUID|O?UID|SADDR|ID)=)/;

/** Some consoles escape the quotes: `comm=\"httpd\"`; then the first one has a backslash already. */
const escapedQuotes = /^[^"]*=\\"/;

/** Parses the part of a raw or interpreted (`ausearch -i`) record after its time and serial. */
export function parseFields(type: string, body: string, interpreted: boolean): RecordFields {
  const plain = escapedQuotes.test(body) ? body.replaceAll('\\"', '"') : body;
  const split = enrichment.exec(plain) ?? glued.exec(plain);
  const main = split ? plain.slice(0, split.index) : plain;
  let enriched = split ? plain.slice(split.index + split[0].length) : '';
  const message = /(?:^|\s)msg='/.exec(main);
  if (!message) {
    const keys = type === 'EXECVE' ? argumentKey : interpretedKey;
    const own = interpreted ? interpretedFields(main, keys) : rawFields(main);
    return { own, inner: new Map(), enriched: rawFields(enriched) };
  }
  const innerStart = message.index + message[0].length;
  const innerEnd = main.lastIndexOf("'");
  const closed = innerEnd >= innerStart;
  const inner = main.slice(innerStart, closed ? innerEnd : undefined);
  if (closed && enriched === '') enriched = main.slice(innerEnd + 1);
  const parse = interpreted ? (text: string) => interpretedFields(text, interpretedKey) : rawFields;
  return {
    own: parse(main.slice(0, message.index)),
    inner: parse(inner),
    enriched: rawFields(enriched),
  };
}

/** A value whose closing quote is missing was torn off, and is no value. */
const rawField = /([A-Za-z_][\w-]*(?:\[\d+\])?)=(?:"([^"]*)"|(?!")([^\s"]*))/g;

/** Raw records quote or hex-encode what is hostile, so the first of equal keys is the real one. */
function rawFields(text: string): Map<string, Value> {
  const fields = new Map<string, Value>();
  for (const [, key, quoted, bare] of text.matchAll(rawField)) {
    if (key === undefined || fields.has(key)) continue;
    // Before 2009: `(hostname=h, addr=a, terminal=t res=failed)`.
    const value =
      quoted ??
      (bare ?? '').replace(/[,:)]+$/, (tail) =>
        bare === '(none)' || bare === '(null)' ? tail : '',
      );
    fields.set(key, { text: value, encodable: quoted === undefined });
    if (fields.size >= mostFields) break;
  }
  return fields;
}

const interpretedKey = /(?:^|\s)([A-Za-z_][\w-]*(?:\[\d+\])?)=/g;
/** An interpreted EXECVE has no others, and its arguments may look like fields. */
const argumentKey = /(?:^|\s)(argc|a\d+(?:_len|\[\d+\])?)=/g;

/** Fields that come after a name which the process chose: of equal keys the last is the real one. */
const afterNames = new Set(['exe', 'sig', 'reason', 'subj', 'key', 'res']);

/** Interpreted values are bare and may hold spaces: each runs to the next key. */
function interpretedFields(text: string, key: RegExp): Map<string, Value> {
  const fields = new Map<string, Value>();
  const keys = [...text.matchAll(key)].slice(0, mostFields);
  keys.forEach((match, index) => {
    const name = match[1] ?? '';
    const start = match.index + match[0].length;
    const rest = name === 'proctitle' ? text.length : (keys[index + 1]?.index ?? text.length);
    const value = unescapeOctal(
      text
        .slice(start, rest)
        .trim()
        .replace(/^"(.*)"$/s, '$1'),
    );
    if (fields.has(name) && !afterNames.has(name)) return;
    fields.set(name, { text: value, encodable: false });
  });
  return fields;
}

/** `ausearch -i` shows control characters as `\012`. */
function unescapeOctal(text: string): string {
  return text.replace(/\\([0-3][0-7]{2})/g, (_all, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
