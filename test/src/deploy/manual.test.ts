import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../stack/stack.ts';

const programs = [
  [
    'bot/bin/coroner.js',
    ['why [PROCESS]', '--host <H>', 'expected add', 'at <HOST> <TIME>', 'cron-runs', '--by <U>'],
  ],
  ['agent/bin/coroner-agent.js', ['run', '--check-config', 'read <format> <file>', 'uninstall']],
] as const;
const node = (program: string, ...words: string[]) =>
  execFileSync(process.execPath, [join(projectRoot, program), ...words], { encoding: 'utf8' });

it.each(programs)('%s has a page that man formats without a warning', (program, holds) => {
  const page = node(program, 'man-page');
  const { stdout, stderr, status } = spawnSync(
    'man',
    ['--warnings', '--encoding=UTF-8', '--local-file', '-Tutf8', '-P', 'cat', '-'],
    { input: page, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '200' } },
  );
  expect([status, stderr]).toEqual([0, '']);
  // Bold and underlined letters are struck twice, or coloured.
  const plain = stdout.replace(/.\u0008|\u001b\[[\d;]*m/gu, '');
  for (const words of holds) expect(plain).toContain(words);
  for (const title of ['NAME', 'COMMANDS', 'EXAMPLES', 'EXIT STATUS', 'ENVIRONMENT', 'SEE ALSO'])
    expect(plain).toMatch(new RegExp(`^${title}$`, 'm'));
  expect(plain).not.toContain('man-page');
});

it.each([
  ['bot/bin/coroner.js', ['help', 'compare'], /Examples:\n {2}coroner compare --by program/],
  ['bot/bin/coroner.js', ['expected', 'add', '--help'], /Examples:\n.*--reason 'release 42'/],
  ['bot/bin/coroner.js', ['why', '--help'], /Exit status:\n {2}0 {2}answered/],
  ['bot/bin/coroner.js', ['--help'], /Environment:\n {2}CORONER_API_URL/],
  [
    'agent/bin/coroner-agent.js',
    ['read', '--help'],
    /coroner-agent read log .*\n.*\n\nExit status/,
  ],
  ['agent/bin/coroner-agent.js', ['--help'], /NATS_URL/],
] as const)('%s %j shows examples, exit status and environment', (program, words, expected) => {
  expect(node(program, ...words)).toMatch(expected);
});
