import type { Manual } from './manual.ts';

const indent = '  ';

/** What stands below the options of `--help`: examples, exit status and environment. */
export function helpText(manual: Manual, words: string): string {
  const examples = (manual.examples[words] ?? []).flatMap(({ line, does }) => [
    `${indent}${line}`,
    `${indent}${indent}${does}`,
  ]);
  return [
    ...(examples.length > 0 ? ['', 'Examples:', ...examples] : []),
    '',
    'Exit status:',
    ...listed(manual.exitStatus),
    ...(manual.environment.length > 0 ? ['', 'Environment:', ...listed(manual.environment)] : []),
  ].join('\n');
}

function listed(all: readonly { name: string; meaning: string }[]): string[] {
  const width = Math.max(...all.map(({ name }) => name.length));
  return all.map(({ name, meaning }) => `${indent}${name.padEnd(width)}  ${meaning}`);
}
