import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, exited, kernelSignal, killedBy, ownSignal } from '../testing/case.ts';

const kernels = (signal: string, timed?: boolean) =>
  ownSignal({ signal, info: 'kernel', code: null, ...(timed === undefined ? {} : { timed }) });
const fileSize = ownSignal({ signal: 'SIGXFSZ', info: 'none', code: null, group: false });
const hard = (cpuTimeMs: number, facts: Partial<DeathEvent> = {}): DeathEvent => ({
  ...{ ...killedBy(kernels('SIGKILL')), cpuTimeMs, cpuLimitS: 2 },
  ...facts,
});

/** With so many ms of 50 of real-time processing used up. */
const realTime = (signal: string, usedMs: number): DeathEvent => ({
  ...killedBy(kernels(signal, false)),
  ...{ realTimeUs: usedMs * 1000, realTimeLimitUs: 50_000 },
});

it.each<[string, string, DeathEvent, RegExp]>([
  [
    'soft limit, seen',
    'proven',
    killedBy(kernels('SIGXCPU', true)),
    /processor time \(RLIMIT_CPU\)/,
  ],
  [
    ...(['hard limit, seen', 'proven'] as const),
    { ...killedBy(kernels('SIGKILL', true)), cpuTimeMs: 5, cpuLimitS: 2 },
    /hard RLIMIT_CPU, 2 s/,
  ],
  ['soft limit of real time', 'proven', realTime('SIGXCPU', 52), /sleep \(RLIMIT_RTTIME\)/],
  ['hard limit of real time', 'proven', realTime('SIGKILL', 50), /sleep \(hard RLIMIT_RTTIME\)/],
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
  ['a limit of real time that is far away', realTime('SIGKILL', 40), 'unknown'],
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
