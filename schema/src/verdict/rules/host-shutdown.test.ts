import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, before, exited, killedBy } from '../testing/case.ts';
import { impostor, inUnit, saidOfUnit, stoppedUnit, systemd } from '../testing/managers.ts';

const record = (ms: number, source: Event['source'] = 'journal'): Event => ({
  ...{ kind: 'shutdown', id: `shutdown-${ms}`, source, at: before(ms).at },
});
const agentStop = (ms: number, hostStopping: boolean): Event => ({
  ...{ kind: 'agent-stop', id: `agent-stop-${ms}`, source: 'agent', ...before(ms), pid: 7 },
  hostStopping,
});
const boot = (ms: number): Event => ({
  ...{ kind: 'boot', id: `boot-${ms}`, source: 'wtmp', at: before(ms).at },
});
const slow = inUnit(
  'nginx.service',
  exited(0, aSignal({ signal: 'SIGTERM', current: systemd, ...before(8_000) })),
);
const last = (facts: object) =>
  killedBy(aSignal({ current: aProcess({ pid: 1, comm: 'systemd-shutdow', ...facts }) }));

it.each<[string, string, DeathEvent, Event[]]>([
  ['a record before the signal', 'proven', stoppedUnit, [record(900)]],
  ['a record in whole seconds', 'proven', stoppedUnit, [record(-700)]],
  ['a record in wtmp just before', 'proven', stoppedUnit, [record(500, 'wtmp')]],
  ['a record after the end', 'likely', stoppedUnit, [record(-9_000, 'wtmp')]],
  ['the stop of the agent', 'proven', stoppedUnit, [agentStop(200, true)]],
  ['the stop of the agent later', 'likely', stoppedUnit, [agentStop(-3_000, true)]],
  ['a stop of its unit by the shutdown', 'proven', slow, [record(8_100), saidOfUnit({}, 8_050)]],
  ['the last round', 'proven', last({}), []],
  ['the last round in a container', 'proven', last({ pid: 70, innerPid: 1 }), []],
])('%s', (_, confidence, death, evidence) => {
  const { verdict, actor } = judge(aCase(death, ...evidence)).answer;
  expect(verdict).toMatchObject({ cause: 'host-shutdown', confidence });
  expect(actor).toBeNull();
});

const justBooted: DeathEvent = { ...stoppedUnit, bootUs: 40_000_000, signals: [] };
const early: DeathEvent = {
  ...justBooted,
  signals: [aSignal({ signal: 'SIGTERM', current: systemd, bootUs: 39_900_000 })],
};

it.each<[string, DeathEvent, Event[]]>([
  ['a reboot long after', stoppedUnit, [record(-100_000, 'wtmp')]],
  ['the record of the boot before', early, [record(60_000)]],
  ['a boot in between', stoppedUnit, [record(60_000), boot(40_000)]],
  ['an old record of wtmp', stoppedUnit, [record(60_000, 'wtmp')]],
  ['a stop of its unit before the shutdown', slow, [saidOfUnit({}, 8_050), record(4_000)]],
  ['the same, with the record after the end', stoppedUnit, [saidOfUnit({}, 20), record(-5_000)]],
  ['an agent that was stopped alone', stoppedUnit, [agentStop(200, false)]],
])('%s is a stop of the service', (_, death, evidence) => {
  const { verdict, actor } = judge(aCase(death, ...evidence)).answer;
  expect(verdict.cause).toBe('service-stopped');
  expect(actor?.pid).toBe(1);
});

it.each([
  ['a program of that name', impostor('systemd-shutdow')],
  ['the init of a namespace of her own', impostor('systemd-shutdow', { innerPid: 1 })],
  ["root's, which is not pid 1", aProcess({ pid: 71, comm: 'systemd-shutdow' })],
])('%s does not hide behind a shutdown', (_, current) => {
  const { verdict, actor } = judge(aCase(killedBy(aSignal({ current })), record(900))).answer;
  expect(verdict.cause).toBe('signal-from-process');
  expect(actor?.pid).toBe(current.pid);
});
