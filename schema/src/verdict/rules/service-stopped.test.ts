import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, aSignal, exited, kernelSignal, killedBy } from '../testing/case.ts';
import {
  impostor,
  inUnit,
  saidOfUnit,
  stoppedUnit,
  systemd,
  userManager,
} from '../testing/managers.ts';

const stop = (current = systemd) =>
  inUnit('nginx.service', killedBy(aSignal({ signal: 'SIGTERM', current })));
const ofContainer = aProcess({ pid: 700, innerPid: 1, comm: 'systemd' });
const caught = inUnit('nginx.service', exited(0, aSignal({ signal: 'SIGTERM', current: systemd })));
const byCgroup = kernelSignal({ info: 'none', group: false, current: systemd });

it.each<[string, DeathEvent, number]>([
  ['SIGTERM', stoppedUnit, 1],
  ['a SIGTERM that it caught', caught, 1],
  ["by a user's manager", stop(userManager), 800],
  ['by the systemd of a container', stop(ofContainer), 700],
  ['by cgroup.kill', inUnit('nginx.service', killedBy(byCgroup)), 1],
])('%s', (_, death, actor) => {
  const { answer } = judge(aCase(death));
  expect(answer.verdict).toMatchObject({ cause: 'service-stopped', confidence: 'proven' });
  expect(answer.actor?.pid).toBe(actor);
});

it('cites what systemd says of this stop, and of no other', () => {
  const cited = (ms: number, state: string) =>
    judge(aCase(stoppedUnit, saidOfUnit({ state }, ms))).answer.evidence.some(
      ({ kind }) => kind === 'unit',
    );
  expect(cited(30, 'stopping')).toBe(true);
  expect(cited(-40, 'stopped')).toBe(true);
  expect(cited(30_000, 'stopped')).toBe(false);
  expect(cited(-30_000, 'stopping')).toBe(false);
});

it('its log makes sure what a caught signal alone does not', () => {
  const quit = inUnit('nginx.service', exited(0, aSignal({ signal: 'SIGQUIT', current: systemd })));
  const confidence = (...said: Event[]) => judge(aCase(quit, ...said)).answer.verdict.confidence;
  expect(confidence()).toBe('possible');
  expect(confidence(saidOfUnit({}, 30))).toBe('proven');
});

it.each([
  ['SIGKILL', 'SIGKILL'],
  ['SIGABRT', 'SIGABRT'],
])('a %s that a client asked systemd to send is no stop and no timeout', (_, signal) => {
  const death = inUnit('nginx.service', killedBy(aSignal({ signal, current: systemd })));
  const request = saidOfUnit({ state: 'kill-requested', pid: 4121, status: signal }, 2);
  const { verdict, evidence } = judge(aCase(death, request)).answer;
  expect(verdict.cause).toBe('service-stopped');
  expect(verdict.summary).toContain('systemctl kill');
  expect(verdict.summary).not.toContain('which stopped it');
  expect(evidence.map(({ eventId }) => eventId)).toContain(request.id);
  const ofAnother = judge(aCase(death, { ...request, pid: 7 })).answer.verdict.summary;
  expect(ofAnother).not.toContain('systemctl kill');
});

it.each([
  ['a person', undefined],
  ['a program that is called systemd', impostor('systemd')],
  [
    "one that a user's manager started",
    impostor('systemd', {
      ancestry: [
        { pid: 800, comm: 'systemd' },
        { pid: 1, comm: 'systemd' },
      ],
    }),
  ],
  ['one that pid 1 adopted', impostor('systemd', { ancestry: [{ pid: 1, comm: 'systemd' }] })],
  ['the init of a namespace of her own', impostor('systemd', { innerPid: 1 })],
])('%s is not systemd', (_, current) => {
  const death = inUnit('nginx.service', killedBy(aSignal(current ? { current } : {})));
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict.cause).toBe('signal-from-process');
  expect(verdict.ruledOut.map(({ cause }) => cause)).toContain('service-stopped');
  expect(actor?.pid).toBe(current?.pid ?? 999);
});
