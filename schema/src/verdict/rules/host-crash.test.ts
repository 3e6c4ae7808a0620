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
  ['shutdown', 'host-shutdown', 'likely'],
  ['not-known', 'unknown', 'unknown'],
] as const)('%s', (end, cause, confidence) => {
  const { verdict, actor } = judge(aCase(ofHost, boot(end))).answer;
  expect(verdict).toMatchObject({ cause, confidence });
  expect(actor).toBeNull();
  expect(verdict.summary).toMatch(/^The host \S+ /);
  expect(verdict.summary).not.toContain('pid');
});

it('is dated by its last sign of life, and known by the boot that came much later', () => {
  const died = { ...ofHost, at: before(300_000).at };
  const { verdict } = judge(aCase(died, boot('panic'))).answer;
  expect(verdict).toMatchObject({ cause: 'host-crash', confidence: 'proven' });
  // That host lived on: another boot is about another end.
  const earlier = { ...ofHost, at: before(3_600_000).at };
  expect(judge(aCase(earlier, boot('panic'))).answer.verdict.cause).toBe('unknown');
});

it('a host that was heard again without a boot did not go down', () => {
  const silence = (of: string, until: string | null, id: string): Event => ({
    ...{ kind: 'gap', id, source: 'hub', at: ofHost.at, of, since: ofHost.at, until },
    ...{ lost: null, reason: 'not heard' },
  });
  const dark = silence('host', null, 'dark');
  const silent = judge(aCase(ofHost, dark)).answer.verdict.summary;
  expect(silent).toMatch(/ is silent: not heard\.$/);
  const back = silence('agent', before(-600_000).at, 'back');
  const { verdict } = judge(aCase(ofHost, dark, back)).answer;
  expect(verdict).toMatchObject({ cause: 'unknown', confidence: 'unknown' });
  expect(verdict.summary).toMatch(/ was not heard from .* to .* and did not boot meanwhile/);
});

it('a process of that name is no host', () => {
  const process = { ...ofHost, victim: aProcess({ pid: 4121, comm: 'host' }) };
  expect(judge(aCase(process, boot('panic'))).answer.verdict.cause).not.toBe('host-crash');
});
