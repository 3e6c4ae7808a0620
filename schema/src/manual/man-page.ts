import { argumentsOf, commandsOf, type Described, type Manual } from './manual.ts';

/** A page of man(1) in the macros of man(7), from the definitions of the commands. */
export function manPage(program: Described, manual: Manual): string {
  const name = program.name();
  const title = name.toUpperCase();
  const commands = commandsOf(program);
  const lines = [
    `.TH ${quoted(title)} ${manual.section} "" "Coroner" "Coroner"`,
    '.SH NAME',
    `${text(name)} \\- ${text(manual.summary)}`,
    '.SH SYNOPSIS',
    `.B ${text(name)}`,
    '.I command',
    '.RI [ options ]',
    '.SH DESCRIPTION',
    ...manual.description.flatMap((paragraph) => ['.PP', text(paragraph)]),
    '.SH COMMANDS',
    ...commands.flatMap(({ words, command }) => aboutCommand(name, words, command, manual)),
    ...section('EXAMPLES', examples(manual.examples[''] ?? [])),
    ...section('EXIT STATUS', meanings(manual.exitStatus)),
    ...section('ENVIRONMENT', meanings(manual.environment)),
    ...section('FILES', meanings(manual.files)),
    ...section('SEE ALSO', [manual.seeAlso.map(text).join(', ')]),
  ];
  return `${lines.join('\n')}\n`;
}

function aboutCommand(name: string, words: string, command: Described, manual: Manual): string[] {
  const typed = [name, words, ...argumentsOf(command)].join(' ');
  return [
    `.SS ${quoted(text(typed))}`,
    text(command.description()),
    ...command.registeredArguments
      .filter(({ description }) => description !== '')
      .flatMap((argument) => ['.TP', `.I ${text(argument.name())}`, text(argument.description)]),
    ...command.options
      .filter(({ hidden }) => !hidden)
      .flatMap(({ flags, description }) => ['.TP', `.B ${quoted(text(flags))}`, text(description)]),
    ...examples(manual.examples[words] ?? []),
  ];
}

const examples = (all: Manual['examples'][string]): string[] =>
  all.flatMap(({ line, does }) => [
    '.PP',
    `${text(does)}:`,
    '.PP',
    '.EX',
    `    ${text(line)}`,
    '.EE',
  ]);

const meanings = (all: Manual['environment']): string[] =>
  all.flatMap(({ name, meaning }) => ['.TP', `.B ${quoted(text(name))}`, text(meaning)]);

const section = (title: string, lines: readonly string[]): string[] =>
  lines.join('') === '' ? [] : [`.SH ${title}`, ...lines];

/** groff(7): what is typed keeps its hyphens and quotes, and no line of text is a request. */
function text(words: string): string {
  const escaped = words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('`', '\\(ga')
    .replaceAll('…', '...')
    .replace(/\s*\n\s*/g, ' ');
  return escaped.startsWith('.') ? `\\&${escaped}` : escaped;
}

/** An argument of a macro: within it a quote is told twice. */
const quoted = (argument: string): string => `"${argument.replaceAll('"', '""')}"`;
