import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aProcess, before, exited, killedBy, ownSignal } from '../testing/case.ts';

const generalProtection = ownSignal({ signal: 'SIGSEGV', code: 128 });
const ofSystemd: DeathEvent = {
  ...exited(203),
  victim: aProcess({
    pid: 4121,
    comm: '(nginx)',
    unit: 'nginx.service',
    ancestry: [{ pid: 1, comm: 'systemd' }],
  }),
};
const said: Event = {
  kind: 'unit',
  id: 'systemd-said-so',
  source: 'journal',
  ...before(0),
  unit: 'nginx.service',
  state: 'exec-failed',
};

it.each([
  [
    'beyond the point of no return',
    { ...killedBy(generalProtection), exec: 'failed' as const },
    'proven',
  ],
  ['of a service', ofSystemd, 'likely'],
  ['in a shell', { ...exited(127), exec: 'never' as const }, 'likely'],
])('%s', (_, death, confidence) => {
  const { verdict, actor } = judge(aCase(death)).answer;
  expect(verdict).toMatchObject({ cause: 'exec-failed', confidence });
  expect(actor).toBeNull();
});

it('is proven where systemd says so', () => {
  const { verdict, evidence } = judge(aCase(ofSystemd, said)).answer;
  expect(verdict).toMatchObject({ cause: 'exec-failed', confidence: 'proven' });
  expect(evidence.map(({ eventId }) => eventId)).toContain(said.id);
});

it.each([
  ['a fault of a program that runs', killedBy(generalProtection), 'crash'],
  ['code 203 of anybody', exited(203), 'exit-error'],
  ['code 127 of a shell', exited(127), 'exit-error'],
  ['another code of a fork', { ...exited(1), exec: 'never' as const }, 'exit-error'],
])('%s is none', (_, death, cause) => {
  expect(judge(aCase(death)).answer.verdict.cause).toBe(cause);
});
