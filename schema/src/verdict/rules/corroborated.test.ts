import { describe, expect, it } from 'vitest';
import type { EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import {
  aCase,
  aDeath,
  aSignal,
  before,
  exited,
  killedBy,
  killer,
  ownSignal,
} from '../testing/case.ts';

const call = (facts: Partial<EventOf<'kill-syscall'>> = {}): EventOf<'kill-syscall'> => ({
  ...{ kind: 'kill-syscall', id: 'audit-record-1', source: 'audit', at: before(3).at },
  ...{ signal: 'SIGKILL', senderPid: killer.pid, targetPid: 4121, success: true },
  ...facts,
});
const traced = (facts = {}) => killedBy(aSignal({ doubt: 'likely', ...facts }));
const answerTo = (death = traced(), ...evidence: EventOf<'kill-syscall'>[]) =>
  judge(aCase(death, ...evidence)).answer;

describe('the audit log has the same sender', () => {
  it('beside the probe it is cited', () => {
    const { verdict, evidence } = answerTo(aDeath(), call());
    expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
    expect(verdict.summary).toMatch(/run by alice; the audit log has the same\.$/);
    expect(evidence.map(({ eventId }) => eventId)).toContain('audit-record-1');
  });

  it('what trace events leave in doubt is proven by two sources that agree', () => {
    expect(answerTo(traced()).verdict.confidence).toBe('likely');
    expect(answerTo(traced(), call()).verdict).toMatchObject({ confidence: 'proven' });
  });

  it('so is a signal to itself', () => {
    const death = killedBy(ownSignal({ code: 0, doubt: 'likely' }));
    const { verdict, evidence } = answerTo(death, call({ senderPid: 4121 }));
    expect(verdict).toMatchObject({ cause: 'signal-to-self', confidence: 'proven' });
    expect(evidence.map(({ kind }) => kind)).toContain('kill-syscall');
  });

  it('that it ended the victim stays as it was', () => {
    const slow = exited(1, aSignal({ signal: 'SIGTERM', doubt: 'likely', ...before(5_000) }));
    const asked = call({ signal: 'SIGTERM', at: before(5_001).at });
    expect(answerTo(slow, asked).verdict.confidence).toBe(
      answerTo(exited(1, aSignal({ signal: 'SIGTERM', ...before(5_000) }))).verdict.confidence,
    );
    expect(answerTo(traced({ doubt: 'possible' }), call()).verdict.confidence).toBe('possible');
  });
});

it.each<[string, Partial<EventOf<'kill-syscall'>>]>([
  ['of another sender', { senderPid: 7 }],
  ['to another', { targetPid: 7 }],
  ['of another signal', { signal: 'SIGTERM' }],
  ['that failed', { success: false, error: 'EPERM' }],
  ['long before', { at: before(2_000).at }],
  ['after it', { at: before(-500).at }],
  ['in a text log, into which anybody may write', { source: 'log' }],
])('a call %s agrees with nothing', (_, facts) => {
  const { verdict, evidence } = answerTo(traced(), call(facts));
  expect(verdict.confidence).toBe('likely');
  expect(evidence.map(({ kind }) => kind)).not.toContain('kill-syscall');
});
