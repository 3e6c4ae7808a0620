import { expect, it } from 'vitest';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, before, killedBy, ownSignal } from '../testing/case.ts';

const line: Event = {
  kind: 'crash',
  id: 'line',
  source: 'kmsg',
  ...before(1),
  pid: 4121,
  comm: 'nginx',
  trap: 'segfault',
  object: 'libc.so.6',
};

it('a fault of its own, with the kernel line as a second witness', () => {
  const fault = ownSignal({ signal: 'SIGSEGV', code: 1, group: false, address: '10' });
  const { answer } = judge(aCase(killedBy(fault), line));
  expect(answer.verdict).toMatchObject({ cause: 'crash', confidence: 'proven' });
  expect(answer.verdict.summary).toContain(
    'an address that is not mapped in libc.so.6, address 0x10',
  );
  expect(answer.actor).toBeNull();
  expect(answer.evidence.map(({ eventId }) => eventId)).toContain('line');
});

it.each([
  ['SIGSEGV', 128],
  ['SIGILL', 2],
  ['SIGFPE', 1],
  ['SIGBUS', 2],
  ['SIGTRAP', 128],
])('%s with code %i', (signal, code) => {
  const { verdict } = judge(aCase(killedBy(ownSignal({ signal, code, group: false })))).answer;
  expect(verdict.cause).toBe('crash');
});

it('says why a SIGSEGV from outside is no crash', () => {
  const { verdict } = judge(aCase(killedBy(aSignal({ signal: 'SIGSEGV' })))).answer;
  expect(verdict.ruledOut.map(({ cause }) => cause)).toContain('crash');
});

it('does not take the line of another process', () => {
  const fault = ownSignal({ signal: 'SIGSEGV', code: 1, group: false });
  const { answer } = judge(aCase({ ...killedBy(fault), threads: 1 }, { ...line, pid: 4122 }));
  expect(answer.evidence.map(({ eventId }) => eventId)).not.toContain('line');
});
