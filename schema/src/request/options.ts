/** A command line as getopt_long(3) reads it: options wherever they stand, `--` ends them. */
export interface CommandLine {
  /** The words that are no option, in order. */
  words: string[];
  /** Whether an option was given, under any of its names: `has('-f', '--force')`. */
  has(...names: string[]): boolean;
  /** The value of an option that takes one. */
  value(...names: string[]): string | null;
}

/** `valued`: options that take a value, which is the next word unless it is in the same. */
export function commandLine(args: readonly string[], valued: ReadonlySet<string>): CommandLine {
  const words: string[] = [];
  const given = new Map<string, string | null>();
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? '';
    if (word === '--') {
      words.push(...args.slice(index + 1));
      break;
    }
    if (word.startsWith('--')) {
      const [name = '', value] = split(word);
      given.set(name, value ?? (valued.has(name) ? (args[++index] ?? null) : null));
    } else if (word.startsWith('-') && word.length > 1) {
      // -fq is two options; what follows one that takes a value is that value.
      for (let at = 1; at < word.length; at++) {
        const name = `-${word[at]}`;
        if (!valued.has(name)) given.set(name, null);
        else {
          given.set(name, word.slice(at + 1) || (args[++index] ?? null));
          break;
        }
      }
    } else words.push(word);
  }
  return {
    words,
    has: (...names) => names.some((name) => given.has(name)),
    value: (...names) =>
      names.map((name) => given.get(name)).find((value) => value != null) ?? null,
  };
}

function split(word: string): [string, string?] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word] : [word.slice(0, equals), word.slice(equals + 1)];
}
