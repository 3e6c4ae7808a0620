import { lastArgumentRules, type ProgramRule, programRules, redacted, wrappers } from './rules.ts';
import { isPlace, isSecretName } from './secret-name.ts';

/**
 * Takes secrets out of the arguments of one command: values of secret-named options and
 * variables, and options that are secret in a known program. Looks at whole arguments only.
 */
export function redactArguments(argv: readonly string[]): string[] {
  const result = [...argv];
  let program = '';
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    program = programAt(argv, index, program);
    const isCommandText = index > 0 && /^-[a-zA-Z]*c$/.test(argv[index - 1] ?? '');
    const assigned = isCommandText ? null : (redactHeader(argument) ?? redactAssignment(argument));
    if (assigned !== null) {
      result[index] = assigned;
    } else if (
      isSecretOption(argument) &&
      !carriesValue(program, argument) &&
      isValue(argv[index + 1])
    ) {
      index += 1;
      if (!isPlace(argument, argv[index] ?? '')) result[index] = redacted;
    } else {
      index += redactProgramOption(program, argv, index, result);
    }
  }
  redactLastArgument(program, result);
  return result;
}

/** `X-Api-Key: x` as one argument. */
function redactHeader(argument: string): string | null {
  const header = /^([\w-]{1,96}):\s*(?:(?:basic|bearer|digest|token)\s)?/i.exec(argument);
  if (!header || argument.length === header[0].length || !isSecretName(header[1] ?? ''))
    return null;
  return header[0] + redacted;
}

const shownName = /^-*[A-Za-z_][\w.[\]-]*$/;

/** `NAME=value` and chains of it such as `--env=TOKEN=x`: keeps the names, drops the rest. */
function redactAssignment(argument: string): string | null {
  let from = 0;
  for (let at = argument.indexOf('='); at > 0; at = argument.indexOf('=', from)) {
    const name = argument.slice(from, at).replace(/^.*[,;&?]/s, '');
    if (!shownName.test(name)) return null;
    const value = argument.slice(at + 1);
    if (isSecretName(name) && !isPlace(name, value)) {
      // Within a list or a query the value ends before the argument does: left to the text rules.
      if (/[,;&?]/.test(argument.slice(0, at))) return null;
      return argument.slice(0, at + 1) + redacted;
    }
    from = at + 1;
  }
  return null;
}

function isSecretOption(argument: string): boolean {
  return /^--?[A-Za-z][\w.-]*$/.test(argument) && argument.length > 2 && isSecretName(argument);
}

/** The next argument is a value unless it is plainly another option. */
function isValue(next: string | undefined): boolean {
  return next !== undefined && !/^--[a-z][a-z0-9-]+(?:=|$)|^-[a-zA-Z]$/.test(next);
}

function programAt(argv: readonly string[], index: number, known: string): string {
  const argument = argv[index] ?? '';
  const name = argument.slice(argument.lastIndexOf('/') + 1).replace(/^-/, '');
  if (index === 0) return name;
  if (argument.startsWith('-') || !wrappers.has(baseName(argv[0] ?? ''))) return known;
  if (/^--(?:name|hostname|network|label|link)$/.test(argv[index - 1] ?? '')) return known;
  if (known === 'sshpass' && /^(?:ssh|scp|sftp|rsync)$/.test(name)) return name;
  return programRules.some((rule) => matches(rule.programs, name)) ||
    lastArgumentRules.some((rule) => matches(rule.programs, name))
    ? name
    : known;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/^-/, '');
}

function matches(programs: readonly string[], name: string): boolean {
  return programs.some((program) =>
    program.endsWith('*') ? name.startsWith(program.slice(0, -1)) : program === name,
  );
}

/** `mysql -psecret123`: an option with its value, not an option called `psecret123`. */
function carriesValue(program: string, argument: string): boolean {
  return programRules.some(
    (rule) =>
      matches(rule.programs, program) &&
      rule.separateOnly !== true &&
      rule.after === undefined &&
      rule.flags.some((flag) => flag.length === 2 && argument.startsWith(flag)),
  );
}

/** How many further arguments were used up as a value. */
function redactProgramOption(
  program: string,
  argv: readonly string[],
  index: number,
  result: string[],
): number {
  const argument = argv[index] ?? '';
  for (const rule of programRules) {
    if (!matches(rule.programs, program)) continue;
    if (rule.after !== undefined && !argv.slice(0, index).includes(rule.after)) continue;
    for (const flag of rule.flags) {
      const bundled = rule.keepUntil === ':' && flag.length === 2 && endsBundle(argument, flag);
      if ((argument === flag || bundled) && rule.attachedOnly !== true) {
        if (!isValue(argv[index + 1])) return 0;
        result[index + 1] = hide(rule, argv[index + 1] ?? '');
        return 1;
      }
      const attached =
        rule.separateOnly !== true && (flag.length === 2 || rule.attachedOnly === true);
      if (attached && argument.length > flag.length && argument.startsWith(flag)) {
        result[index] = flag + hide(rule, argument.slice(flag.length));
        return 0;
      }
      if (flag.startsWith('--') && argument.startsWith(`${flag}=`)) {
        result[index] = `${flag}=${hide(rule, argument.slice(flag.length + 1))}`;
        return 0;
      }
    }
  }
  return 0;
}

/** `-sSu` ends with `-u`. */
function endsBundle(argument: string, flag: string): boolean {
  return /^-[a-zA-Z#]+$/.test(argument) && argument.endsWith(flag.slice(1));
}

function hide(rule: ProgramRule, value: string): string {
  if (rule.keepUntil === undefined) return redacted;
  const at = value.indexOf(rule.keepUntil);
  if (at < 0) return value;
  // `-u TOKEN:` gives a token in the user's place.
  if (at === value.length - 1) return redacted + rule.keepUntil;
  return value.slice(0, at + 1) + redacted;
}

function redactLastArgument(program: string, result: string[]): void {
  for (const rule of lastArgumentRules) {
    if (!matches(rule.programs, program) || result.length < 2) continue;
    if (result.slice(0, -1).some((argument) => rule.when.test(argument))) {
      result[result.length - 1] = redacted;
    }
  }
}
