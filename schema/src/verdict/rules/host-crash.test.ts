import { expect, it } from 'vitest';
import type { Event } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aDeath, aProcess, before } from '../testing/case.ts';

const ofHost = {
  ...aDeath(),
  source: 'agent' as const,
  victim: aProcess({ pid: 0, comm: 'host', startUs: null }),
  exit: { code: null, signal: null, coreDumped: false },
  signals: [],
  bootUs: null,
};
const boot = (previousEnd: 'panic' | 'no-record' | 'shutdown' | 'not-known'): Event => ({
  ...{ kind: 'boot', id: 'this-boot', source: 'agent', at: before(0).at, previousEnd },
  ...{ previousSeenAt: before(300_000).at, text: 'said so' },
});

it.each([
  ['panic', 'host-crash', 'proven'],
  ['no-record', 'host-crash', 'likely'],
  ['shutdown', 'unknown', 'unknown'],
  ['not-known', 'unknown', 'unknown'],
] as const)('%s', (end, cause, confidence) => {
  const { verdict, actor } = judge(aCase(ofHost, boot(end))).answer;
  expect(verdict).toMatchObject({ cause, confidence });
  expect(actor).toBeNull();
  expect(verdict.summary).toMatch(/^The host \S+ /);
  expect(verdict.summary).not.toContain('pid');
});

it('a process of that name is no host', () => {
  const process = { ...ofHost, victim: aProcess({ pid: 4121, comm: 'host' }) };
  expect(judge(aCase(process, boot('panic'))).answer.verdict.cause).not.toBe('host-crash');
});
