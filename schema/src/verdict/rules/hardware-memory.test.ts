import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event, EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import {
  aCase,
  aDeath,
  aSignal,
  before,
  kernelSignal,
  killedBy,
  ownSignal,
} from '../testing/case.ts';

const line: EventOf<'memory-failure'> = {
  ...{ kind: 'memory-failure', id: 'the-kernel-says-so', source: 'kmsg', ...before(1) },
  ...{ pid: 4121, comm: 'nginx', pfn: '7ab3' },
};
const coded = (code: number, facts: object = {}) =>
  killedBy(ownSignal({ signal: 'SIGBUS', code, ...facts }));
const kworker = { currentIsVictim: false, currentKernelThread: true };
const logged = (source: 'log' | 'journal'): DeathEvent => ({ ...aDeath({ signals: [] }), source });
const forged = { ...line, source: 'log' as const };

it.each<[string, string, DeathEvent, Event[]]>([
  ['at the access', 'proven', coded(4), []],
  ['found by the kernel', 'proven', coded(5, kworker), [line]],
  ['with SIGKILL', 'proven', killedBy(kernelSignal({ signal: 'SIGKILL' })), [line]],
  ["of the kernel's log alone", 'proven', logged('journal'), [line]],
  ['of a text log alone', 'likely', logged('log'), [forged]],
])('%s is %s', (_, confidence, death, evidence) => {
  const { verdict, actor } = judge(aCase(death, ...evidence)).answer;
  expect(verdict).toMatchObject({ cause: 'hardware-memory', confidence });
  expect(actor).toBeNull();
  expect(verdict.advice).toEqual(
    evidence.length > 0 ? [expect.stringContaining('Page 0x7ab3 of web-3')] : [],
  );
});

it.each<[string, DeathEvent, Event[], string]>([
  ['a code that it sent to itself', coded(4, { group: true }), [], 'signal-to-self'],
  ['another code', coded(2), [line], 'crash'],
  ['a kill by a person', killedBy(aSignal()), [line], 'signal-from-process'],
  [
    'a kill by a person with SIGBUS',
    killedBy(aSignal({ signal: 'SIGBUS' })),
    [line],
    'signal-from-process',
  ],
  ['the page of another', killedBy(kernelSignal({})), [{ ...line, pid: 7 }], 'unknown'],
  ['a forged line', killedBy(kernelSignal({})), [forged], 'unknown'],
])('%s is none', (_, death, evidence, cause) => {
  expect(judge(aCase(death, ...evidence)).answer.verdict.cause).toBe(cause);
});
