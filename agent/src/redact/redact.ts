import { redactArguments } from './arguments.ts';
import { patterns } from './patterns.ts';
import { keyAndValue, lastArgumentRules, programRules, redacted } from './rules.ts';
import { isPlace, isSecretName } from './secret-name.ts';
import { shellWords } from './words.ts';

const programNames = [...programRules, ...lastArgumentRules]
  .flatMap((rule) => rule.programs)
  .map((name) => name.replace('*', ''));

/** One cheap test before all others: text in which this finds nothing holds no secret that we know of. */
const worthALook = new RegExp(
  `pass|pwd|secret|token|key|auth|cookie|cred|bearer|jwt|session|identified|://|echo|printf|-----BEGIN|eyJ|A[KSBC][IC]A|gh[pousr]_|gl[dp]?[art]t-|xox|xapp-|[srp]k[_-]|whsec|npm_|dop_|shp|hf_|pypi-|AIza|ya29|hv[sb]\\.|SG\\.|hooks\\.|\\d:AA|\\$[0-9a-z]|(?<![a-z0-9])(?:${programNames.join('|')})`,
  'i',
);

/** What one rule makes of broken quoting, another may read anew: repeated until nothing changes. */
const mostPasses = 8;

/**
 * Takes the secrets out of an argv (rules.ts lists the rules); `[redacted]` stands in their
 * place. Argument count and order stay. Idempotent. A last argument that ends with `…` was cut.
 */
export function redactArgv(argv: readonly string[]): string[] {
  let before = [...argv];
  if (!argv.some((argument) => worthALook.test(argument))) return before;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const after = redactArguments(before).map(redactText);
    if (after.every((argument, index) => argument === before[index])) break;
    before = after;
  }
  return before;
}

/** The same for text that may hold command lines: a `sh -c` string, a log line, a crontab command. */
export function redactText(text: string): string {
  let before = text;
  if (text === redacted || !worthALook.test(text)) return text;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const after = redactKeys(redactPatterns(/\s/.test(before) ? redactCommands(before) : before));
    if (after === before) break;
    before = after;
  }
  return before;
}

function redactPatterns(text: string): string {
  let result = text;
  for (const { find, become } of patterns) result = result.replace(find, become);
  return result;
}

/** Each command of the text as an argv; a word that changed takes the place of the written one. */
function redactCommands(text: string): string {
  let result = '';
  let copied = 0;
  let command: { start: number; end: number; value: string }[] = [];
  const flush = (): void => {
    const before = command.map((word) => word.value);
    const after = redactArguments(before);
    command.forEach((word, index) => {
      if (after[index] === before[index]) return;
      result += text.slice(copied, word.start) + after[index];
      copied = word.end;
    });
    command = [];
  };
  for (const word of shellWords(text)) {
    if (word.operator) flush();
    // sudo's log line names the program so; what follows belongs to it.
    else if (word.value.startsWith('COMMAND=')) {
      flush();
      command.push({ ...word, value: word.value.slice('COMMAND='.length) });
    } else if (command.length > 0 || !isEnvironment(word.value)) command.push(word);
  }
  flush();
  return result + text.slice(copied);
}

/** `PGPASSWORD=x psql`: the program comes after its variables, which `redactKeys` deals with. */
function isEnvironment(word: string): boolean {
  return /^[A-Za-z_]\w*=/.test(word);
}

function redactKeys(text: string): string {
  let result = '';
  let copied = 0;
  keyAndValue.lastIndex = 0;
  for (let match = keyAndValue.exec(text); match; match = keyAndValue.exec(text)) {
    const name = match[1] ?? '';
    const start = match.index + match[0].length;
    const value = text.slice(start, start + 40);
    if (!isSecretName(name) || isPlace(name, value) || alreadyRedacted.test(value)) {
      // The value may itself be a name: `--set auth.password=x`.
      keyAndValue.lastIndex = match.index + name.length;
      continue;
    }
    const end = valueEnd(text, match.index, start, (match[2] ?? '').includes(':'));
    const quote = /^["']/.exec(text.slice(start, start + 1))?.[0] ?? '';
    const closed = quote !== '' && end - start > 1 && text[end - 1] === quote;
    result += `${text.slice(copied, start)}${quote}${redacted}${closed ? quote : ''}`;
    copied = end;
    keyAndValue.lastIndex = end;
  }
  return result + text.slice(copied);
}

/** A header keeps its scheme: `Bearer [redacted]`. */
const alreadyRedacted = /^["']?(?:[\w-]{1,24}\s)?\[redacted\]/;

const untilDelimiter: Readonly<Record<string, RegExp>> = {
  '?': /[&#\s"']/g,
  '&': /[&#\s"']/g,
  ',': /[,\s"']/g,
  ';': /[;"'\n]/g,
  '"': /"/g,
  "'": /'/g,
};
const untilSpace = /\s/g;
const quotedValue = /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|'(?:[^'\\]|\\[\s\S])*(?:'|\\?$)/y;
const untilItemEnd = /[\s,}\]]/g;

/** Where a value ends depends on what stands before its name: a quote, `;`, `,`, `?` or nothing. */
function valueEnd(text: string, nameStart: number, start: number, colon: boolean): number {
  quotedValue.lastIndex = start;
  const quoted = quotedValue.exec(text);
  if (quoted) return start + quoted[0].length;
  const before = text[nameStart - 1] ?? ' ';
  const until = colon ? untilItemEnd : (untilDelimiter[before] ?? untilSpace);
  until.lastIndex = start;
  return until.exec(text)?.index ?? text.length;
}
