import { execFileSync } from 'node:child_process';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { completionScript } from './scripts.ts';
import { commandTree } from './tree.ts';

const program = new Command('coroner').description('Why?');
program
  .command('deaths')
  .description("what died, the newest first: it's a list")
  .option('--host <H>')
  .option('--json');
const token = program.command('token').description('tokens');
token.command('create').description('a new one').option('--scope <S>').option('--for <SPAN>');
token.command('revoke').description('end one').option('--json');

const script = completionScript('bash', commandTree(program));

/** What a real bash offers behind these words. */
const offered = (...words: string[]): string[] =>
  execFileSync(
    'bash',
    [
      '-c',
      `${script}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _coroner; printf '%s\\n' "\${COMPREPLY[@]}"`,
      'bash',
      'coroner',
      ...words,
    ],
    { encoding: 'utf8' },
  )
    .split('\n')
    .filter((word) => word !== '');

test.each([
  [[''], ['deaths', 'token', '--help']],
  [['to'], ['token']],
  [
    ['deaths', '--'],
    ['--host', '--json', '--help'],
  ],
  [['deaths', '--host', 'web-3', '--j'], ['--json']],
  [
    ['token', ''],
    ['create', 'revoke', '--help'],
  ],
  [['token', 'create', 'name', '--s'], ['--scope']],
  [
    ['token', 'revoke', '--'],
    ['--json', '--help'],
  ],
  [['deaths', 'x'], []],
])('bash, %j', (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});

test('zsh reads the same, and fish has a line for each word with what it does', () => {
  expect(completionScript('zsh', commandTree(program))).toMatch(/bashcompinit\n_coroner/);
  const lines = completionScript('fish', commandTree(program)).split('\n');
  expect(lines).toContain(
    `complete -c coroner -n '__fish_use_subcommand' -f -a 'deaths' -d 'what died, the newest first: it'\\''s a list'`,
  );
  expect(lines).toContain(
    `complete -c coroner -n '__fish_seen_subcommand_from token; and __fish_seen_subcommand_from create' -l scope`,
  );
});
