import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, before, exited, kernelSignal, killedBy } from '../testing/case.ts';
import { impostor, inUnit, saidOfUnit, stoppedUnit, systemd } from '../testing/managers.ts';

const web = (death: DeathEvent) => inUnit('nginx.service', death);
const by = (signal: string, ms = 1) => aSignal({ signal, current: systemd, ...before(ms) });
const timeout = (ms: number, text?: string) => saidOfUnit({ state: 'timeout', text }, ms);
const insisted = web(killedBy(by('SIGTERM', 90_000), by('SIGKILL')));
const writer = kernelSignal({ info: 'none', group: false, current: systemd });

it.each<[string, string, DeathEvent, Event[], RegExp]>([
  ['killed what it had asked to stop', 'likely', insisted, [], /did not stop in time/],
  [
    'the same, by cgroup.kill',
    'likely',
    web(killedBy(by('SIGTERM', 90_000), writer)),
    [],
    /did not stop in time/,
  ],
  ['said so', 'proven', web(killedBy(by('SIGKILL'))), [timeout(5)], /did not stop in time/],
  [
    'said so afterwards',
    'proven',
    web(killedBy(by('SIGKILL'))),
    [saidOfUnit({ state: 'failed', result: 'timeout' }, -300)],
    /did not stop in time/,
  ],
  ['sent the signal of a watchdog', 'likely', web(killedBy(by('SIGABRT'))), [], /uses for/],
  [
    'said that the watchdog was not fed',
    'proven',
    web(killedBy(by('SIGABRT'))),
    [saidOfUnit({ state: 'watchdog' }, 9)],
    /watchdog was not fed/,
  ],
  [
    'said that it ran too long',
    'proven',
    web(exited(0, by('SIGTERM', 4_000))),
    [timeout(4_002, 'Service reached runtime time limit. Stopping.')],
    /ran longer than it may/,
  ],
  [
    'said that it did not start',
    'proven',
    web(killedBy(by('SIGTERM'))),
    [timeout(2, 'nginx.service: start operation timed out. Terminating.')],
    /did not start in time/,
  ],
])('systemd %s', (_, confidence, death, evidence, words) => {
  const { verdict, actor } = judge(aCase(death, ...evidence)).answer;
  expect(verdict).toMatchObject({ cause: 'service-timeout', confidence });
  expect(verdict.summary).toMatch(words);
  expect(actor?.pid).toBe(1);
});

const clean = web(exited(0, by('SIGTERM')));
const young: DeathEvent = { ...stoppedUnit, lifetimeMs: 3_000 };

it.each<[string, DeathEvent, Event]>([
  ['of the instance before', stoppedUnit, timeout(100_000)],
  ['of the instance after', clean, timeout(-100_000)],
  ['of the instance before, which ended just then', young, timeout(5_000)],
  ['as the result of a later instance', clean, saidOfUnit({ result: 'timeout' }, -20_000)],
  ['of another unit', stoppedUnit, { ...timeout(5), unit: 'other.service' }],
  ['of a text log', stoppedUnit, { ...timeout(5), source: 'log' }],
])('a timeout %s does not make a stop one', (_, death, event) => {
  expect(judge(aCase(death, event)).answer.verdict.cause).toBe('service-stopped');
});

it('somebody else who kills a unit that would not stop is named', () => {
  const mallory = aSignal({ current: impostor('systemd') });
  const { verdict, actor } = judge(
    aCase(web(killedBy(by('SIGTERM', 5_000), mallory)), timeout(5)),
  ).answer;
  expect(verdict.cause).toBe('signal-from-process');
  expect(actor?.pid).toBe(1066);
});
