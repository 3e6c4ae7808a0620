import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import {
  aCase,
  aProcess,
  bystander,
  kernelSignal,
  killedBy,
  killer,
  ownSignal,
} from '../testing/case.ts';

const parent = aProcess({ pid: 70, comm: 'supervisor' });
const init = aProcess({ pid: 71, comm: 'init', innerPid: 1 });

const cases: [string, DeathEvent, number | null][] = [
  ['timer', killedBy(kernelSignal({ signal: 'SIGALRM' })), null],
  ['timer', killedBy(kernelSignal({ signal: 'SIGUSR1', info: 'user', code: -2 })), null],
  ['hangup', killedBy(kernelSignal({ signal: 'SIGHUP' })), null],
  [
    'broken-pipe',
    killedBy(ownSignal({ signal: 'SIGPIPE', info: 'none', code: null, group: false })),
    null,
  ],
  ['resource-limit', killedBy(ownSignal({ signal: 'SIGXCPU', info: 'kernel', code: null })), null],
  [
    'resource-limit',
    killedBy(ownSignal({ signal: 'SIGXFSZ', info: 'none', code: null, group: false })),
    null,
  ],
  [
    'resource-limit',
    {
      ...killedBy(ownSignal({ signal: 'SIGKILL', info: 'kernel', code: null })),
      cpuTimeMs: 2001,
      cpuLimitS: 2,
    },
    null,
  ],
  [
    'unknown',
    {
      ...killedBy(ownSignal({ signal: 'SIGKILL', info: 'kernel', code: null })),
      cpuTimeMs: 900,
      cpuLimitS: 2,
    },
    null,
  ],
  [
    'resource-limit',
    {
      ...killedBy(ownSignal({ signal: 'SIGKILL', info: 'kernel', code: null })),
      cpuTimeMs: 1300,
      cpuLimitS: 2,
    },
    null,
  ],
  ['seccomp', killedBy(ownSignal({ signal: 'SIGSYS', code: 1, group: false })), null],
  ['seccomp', { ...killedBy(), seccompStrict: true }, null],
  ['hardware-memory', killedBy(ownSignal({ signal: 'SIGBUS', code: 4, group: false })), null],
  [
    'parent-died',
    killedBy(
      kernelSignal({ signal: 'SIGKILL', info: 'none', currentExiting: true, current: parent }),
    ),
    70,
  ],
  [
    'parent-died',
    killedBy(kernelSignal({ signal: 'SIGKILL', currentExiting: true, current: init })),
    71,
  ],
  [
    'cgroup-kill',
    killedBy(kernelSignal({ signal: 'SIGKILL', info: 'none', group: false, current: killer })),
    999,
  ],
  ['unknown', killedBy(kernelSignal({ signal: 'SIGKILL' })), null],
  ['unknown', killedBy(kernelSignal({ signal: 'SIGUSR2' })), null],
  ['unknown', killedBy(kernelSignal({ signal: 'SIGUSR2', info: 'user', code: -4 })), null],
];

describe('signals that the kernel made', () => {
  it.each(cases)('%s', (cause, death, actor) => {
    const { answer } = judge(aCase(death));
    expect(answer.verdict.cause).toBe(cause);
    expect(answer.actor?.pid ?? null).toBe(actor);
  });

  it('never accuse the task that happened to run', () => {
    const signals = [
      'SIGKILL',
      'SIGTERM',
      'SIGALRM',
      'SIGINT',
      'SIGHUP',
      'SIGSEGV',
      'SIGUSR1',
      'SIGBUS',
    ];
    const anySignal = fc.record({
      signal: fc.constantFrom(...signals),
      info: fc.constantFrom('kernel' as const, 'user' as const),
      group: fc.boolean(),
      currentKernelThread: fc.boolean(),
    });
    fc.assert(
      fc.property(
        anySignal,
        fc.constantFrom(-2, -4),
        fc.boolean(),
        (facts, interrupt, oomMarked) => {
          const made = kernelSignal({ ...facts, code: facts.info === 'user' ? interrupt : null });
          const { answer } = judge(aCase({ ...killedBy(made), oomMarked }));
          expect(answer.actor).toBeNull();
          expect(JSON.stringify(answer)).not.toContain(bystander.comm);
        },
      ),
    );
  });
});
