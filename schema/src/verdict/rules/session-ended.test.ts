import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, before, kernelSignal, killedBy } from '../testing/case.ts';
import { impostor, inUnit, systemd } from '../testing/managers.ts';

const inSession = (death: DeathEvent) => inUnit('session-4.scope', death);
const bySystemd = aSignal({ signal: 'SIGTERM', current: systemd });

it.each<[string, DeathEvent]>([
  ['SIGTERM', inSession(killedBy(bySystemd))],
  [
    'cgroup.kill',
    inSession(killedBy(kernelSignal({ info: 'none', group: false, current: systemd }))),
  ],
])('systemd ended its session with %s', (_, death) => {
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict).toMatchObject({ cause: 'session-ended', confidence: 'proven' });
  expect(actor?.pid).toBe(1);
});

it('cites the logout', () => {
  const logout = {
    ...{ kind: 'logout' as const, id: 'the-logout', source: 'logind' as const, ...before(40) },
    ...{ user: 'bob', session: '4' },
  };
  const { evidence } = judge(aCase(inSession(killedBy(bySystemd)), logout)).answer;
  expect(evidence.map(({ eventId }) => eventId)).toContain(logout.id);
});

it.each([
  ['by an impostor', inSession(killedBy(aSignal({ current: impostor('systemd') })))],
  ['by a person', inSession(killedBy(aSignal()))],
])('%s it is no end of a session', (_, death) => {
  expect(judge(aCase(death)).answer.verdict.cause).toBe('signal-from-process');
});
