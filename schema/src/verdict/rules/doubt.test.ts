import { expect, it } from 'vitest';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aDeath, aSignal, before, killedBy, ownSignal } from '../testing/case.ts';

it('a sender is named no more firmly than its source can', () => {
  const death = { ...killedBy(aSignal({ doubt: 'likely' })), source: 'tracefs' as const };
  const { verdict, actor, gaps } = judge(aCase(death)).answer;
  expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'likely' });
  expect(actor?.pid).toBe(999);
  expect(gaps.join()).toContain('tracefs');
});

it('a doubt makes no weak conclusion firmer', () => {
  const late = aSignal({ signal: 'SIGTERM', ...before(60_000), doubt: 'likely' });
  const exit = { code: 0, signal: null, coreDumped: false };
  expect(judge(aCase(aDeath({ signals: [late], exit }))).answer.verdict.confidence).toBe(
    'possible',
  );
});

it('a signal to itself that only may have been the last is possible', () => {
  const death = killedBy(ownSignal({ signal: 'SIGUSR1', code: 0, doubt: 'possible' }));
  expect(judge(aCase(death)).answer.verdict).toMatchObject({
    cause: 'signal-to-self',
    confidence: 'possible',
  });
});

it('an exit with an unknown code soon after a stop request is likely its answer', () => {
  const exit = { code: null, signal: null, coreDumped: false, byItself: true };
  const asked = aSignal({ signal: 'SIGTERM', ...before(50) });
  const { verdict } = judge(aCase(aDeath({ signals: [asked], exit }))).answer;
  expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'likely' });
  expect(verdict.summary).not.toContain('null');
});

it('an exit with an unknown code alone is no verdict, and says what is known', () => {
  const exit = { code: null, signal: null, coreDumped: false, byItself: true };
  const { verdict } = judge(aCase(aDeath({ signals: [], exit }))).answer;
  expect(verdict.cause).toBe('unknown');
  expect(verdict.summary).toContain('exited by itself');
});

it.each([
  ['SIGKILL', 'proven'],
  ['SIGUSR1', 'likely'],
])('beside lost signal records a %s is %s', (signal, confidence) => {
  const death = { ...killedBy(aSignal({ signal })), signalsLost: 2 };
  expect(judge(aCase(death)).answer.verdict.confidence).toBe(confidence);
});

it('lines of a text log explain nothing that the kernel recorded', () => {
  const line = { id: 'a-forged-line', source: 'log' as const, ...before(1), pid: 4121 };
  const forged: Event[] = [
    { ...line, kind: 'oom-kill', comm: 'nginx' },
    { ...line, kind: 'crash', comm: 'nginx', trap: 'segfault' },
    { ...line, kind: 'memory-failure', comm: 'nginx' },
  ];
  const byHand = judge(aCase(killedBy(aSignal()), ...forged)).answer;
  expect(byHand.verdict.cause).toBe('signal-from-process');
  const lost = { ...aDeath({ signals: [] }), signalsLost: 1 };
  expect(judge(aCase(lost, ...forged)).answer.verdict.cause).toBe('unknown');
});

it("the kernel's report about a pid does not explain what a process's kill ended", () => {
  const report: Event = {
    kind: 'oom-kill',
    id: 'report-of-the-pid',
    source: 'kmsg',
    ...before(1),
    pid: 4121,
    comm: 'nginx',
  };
  expect(judge(aCase(killedBy(aSignal()), report)).answer.actor?.pid).toBe(999);
});
