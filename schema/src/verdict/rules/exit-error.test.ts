import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, before, exited } from '../testing/case.ts';

const shell = (code: number): DeathEvent => ({
  ...exited(code),
  victim: aProcess({ pid: 4121, comm: 'bash', cmdline: ['bash', './run.sh'] }),
});

it.each<[string, DeathEvent, RegExp]>([
  ['with a code', exited(3), /exited by itself .* with code 3\.$/],
  [
    'long after a SIGHUP',
    exited(1, aSignal({ signal: 'SIGHUP', ...before(60_000) })),
    /with code 1\.$/,
  ],
  ['of a shell whose command was killed', shell(137), /whose command was ended by SIGKILL\.$/],
  ['of a shell with a code of its own', shell(2), /with code 2\.$/],
  ['of another program with such a code', exited(137), /with code 137\.$/],
])('%s', (_, death, words) => {
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict).toMatchObject({ cause: 'exit-error', confidence: 'proven' });
  expect(verdict.summary).toMatch(words);
  expect(verdict.advice).toEqual([]);
  expect(actor).toBeNull();
});
