import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, exited, kernelSignal, killedBy, ownSignal } from '../testing/case.ts';

const kernels = (signal: string) => ownSignal({ signal, info: 'kernel', code: null });
const fileSize = ownSignal({ signal: 'SIGXFSZ', info: 'none', code: null, group: false });
const hard = (cpuTimeMs: number, facts: Partial<DeathEvent> = {}): DeathEvent => ({
  ...{ ...killedBy(kernels('SIGKILL')), cpuTimeMs, cpuLimitS: 2 },
  ...facts,
});

it.each<[string, string, DeathEvent, RegExp]>([
  ['soft limit of processor time', 'proven', killedBy(kernels('SIGXCPU')), /processor time/],
  ['the same, caught', 'proven', exited(152, kernels('SIGXCPU')), /it caught the signal/],
  ['file size', 'proven', killedBy(fileSize), /file size \(RLIMIT_FSIZE\)/],
  ['hard limit, used up', 'proven', hard(2_001), /hard RLIMIT_CPU, 2 s/],
  ['hard limit, nearly used up', 'likely', hard(1_300), /hard RLIMIT_CPU, 2 s/],
])('%s: %s', (_, confidence, death, words) => {
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict).toMatchObject({ cause: 'resource-limit', confidence });
  expect(verdict.summary).toMatch(words);
  expect(actor).toBeNull();
});

it.each<[string, DeathEvent, string]>([
  ['a hard limit that is far away', hard(900), 'unknown'],
  ['no hard limit', hard(2_001, { cpuLimitS: null }), 'unknown'],
  ['an OOM kill', hard(2_001, { oomMarked: true }), 'oom-host'],
  [
    'a kill while another ran',
    { ...killedBy(kernelSignal({})), cpuTimeMs: 2_001, cpuLimitS: 2 },
    'unknown',
  ],
  ['SIGXCPU of a process', killedBy(aSignal({ signal: 'SIGXCPU' })), 'signal-from-process'],
])('not: %s', (_, death, cause) => {
  expect(judge(aCase(death)).answer.verdict.cause).toBe(cause);
});
