import { describe, expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import type { Process } from '../../process.ts';
import { judge } from '../judge.ts';
import {
  aCase,
  aDeath,
  aProcess,
  aSignal,
  before,
  kernelSignal,
  killedBy,
} from '../testing/case.ts';

const systemd = aProcess({ pid: 1, comm: 'systemd' });
const inUnit = (unit: string, death: DeathEvent): DeathEvent => ({
  ...death,
  victim: { ...death.victim, unit },
});
const term = (current: Process) => aSignal({ signal: 'SIGTERM', current, ...before(90_000) });
const kill = (current: Process) => aSignal({ current });
const timeout: Event = {
  kind: 'unit',
  id: 'u',
  source: 'journal',
  ...before(5),
  unit: 'nginx.service',
  state: 'timeout',
};
const shutdown: Event = { kind: 'shutdown', id: 's', source: 'wtmp', ...before(-900) };

const cases: [string, DeathEvent, Event[]][] = [
  [
    'service-stopped',
    inUnit('nginx.service', killedBy(aSignal({ signal: 'SIGTERM', current: systemd }))),
    [],
  ],
  ['service-timeout', inUnit('nginx.service', killedBy(term(systemd), kill(systemd))), []],
  ['service-timeout', inUnit('nginx.service', killedBy(kill(systemd))), [timeout]],
  [
    'service-timeout',
    inUnit('nginx.service', killedBy({ ...kill(systemd), signal: 'SIGABRT' })),
    [],
  ],
  [
    'session-ended',
    inUnit('session-4.scope', killedBy(aSignal({ signal: 'SIGTERM', current: systemd }))),
    [],
  ],
  [
    'host-shutdown',
    inUnit('nginx.service', killedBy(aSignal({ signal: 'SIGTERM', current: systemd }))),
    [shutdown],
  ],
  ['container-stopped', killedBy(kill(aProcess({ pid: 50, comm: 'containerd-shim' }))), []],
  [
    'container-stopped',
    killedBy(
      kernelSignal({ info: 'none', group: false, current: aProcess({ pid: 51, comm: 'crun' }) }),
    ),
    [],
  ],
  ['oom-daemon', killedBy(kill(aProcess({ pid: 52, comm: 'earlyoom' }))), []],
  [
    'oom-daemon',
    killedBy(
      kernelSignal({
        info: 'none',
        group: false,
        current: aProcess({ pid: 53, comm: 'systemd-oomd' }),
      }),
    ),
    [],
  ],
];

describe('managers that end processes', () => {
  it.each(cases)('%s', (cause, death, evidence) => {
    expect(judge(aCase(death, ...evidence)).answer.verdict.cause).toBe(cause);
  });

  it('a person who kills in a unit is not systemd', () => {
    const { verdict } = judge(aCase(inUnit('nginx.service', killedBy(aSignal())))).answer;
    expect(verdict.cause).toBe('signal-from-process');
    expect(verdict.ruledOut.map(({ cause }) => cause)).toContain('service-stopped');
  });

  it('a process that calls itself systemd is not systemd', () => {
    const impostor = aProcess({ pid: 812, comm: 'systemd', exe: '/tmp/systemd' });
    const stopped = inUnit('nginx.service', killedBy(aSignal({ current: impostor })));
    expect(judge(aCase(stopped)).answer.verdict.cause).toBe('signal-from-process');
  });

  it('the audit log names a sender where the probe has no record', () => {
    const record: Event = {
      kind: 'kill-syscall',
      id: 'a',
      source: 'audit',
      ...before(2),
      signal: 'SIGKILL',
      senderPid: 999,
      senderComm: 'kill',
      targetPid: 4121,
      success: true,
    };
    const { answer } = judge(aCase(aDeath({ signals: [] }), record));
    expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'likely' });
    const failed = judge(aCase(aDeath({ signals: [] }), { ...record, success: false })).answer;
    expect(failed.verdict.cause).toBe('unknown');
  });
});
