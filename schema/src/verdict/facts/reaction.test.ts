import { describe, expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Process } from '../../process.ts';
import { judge } from '../judge.ts';
import {
  aCase,
  aProcess,
  aSignal,
  before,
  exited,
  kernelSignal,
  ownSignal,
} from '../testing/case.ts';

const verdictOf = (death: DeathEvent, facts: Partial<Process> = {}) =>
  judge(aCase({ ...death, victim: { ...death.victim, ...facts } })).answer;
const sent = (signal: string, ms: number) => aSignal({ signal, ...before(ms) });
const java = aProcess({ pid: 4121, comm: 'java' });

describe('a signal that was caught, and an exit', () => {
  it.each<[string, DeathEvent, Partial<Process>, string]>([
    ['a thread dump, exit 0 soon after', exited(0, sent('SIGQUIT', 9_000)), java, 'exit-ok'],
    ['a thread dump, exit 0 at once', exited(0, sent('SIGQUIT', 100)), java, 'exit-ok'],
    ['a thread dump, exit 3', exited(3, sent('SIGQUIT', 9_000)), java, 'exit-error'],
    [
      'a thread dump of a renamed program',
      exited(0, sent('SIGQUIT', 900)),
      { exe: '/opt/jdk/bin/java' },
      'exit-ok',
    ],
    ['SIGQUIT, exit 1 long after', exited(1, sent('SIGQUIT', 80_000)), {}, 'exit-error'],
    ['SIGQUIT, exit 3', exited(3, sent('SIGQUIT', 500)), {}, 'exit-error'],
    ['SIGABRT, an exit with another code', exited(1, sent('SIGABRT', 100)), {}, 'exit-error'],
    ['SIGUSR1, code 138 much later', exited(138, sent('SIGUSR1', 200_000)), {}, 'exit-error'],
    ['a SIGUSR1 of the past, exit 0', exited(0, sent('SIGUSR1', 100)), {}, 'exit-ok'],
  ])('%s: nobody did it', (_, death, victim, cause) => {
    const { verdict, actor } = verdictOf(death, victim);
    expect(verdict.cause).toBe(cause);
    expect(actor).toBeNull();
  });

  it.each<[string, DeathEvent, Partial<Process>, string]>([
    ['SIGQUIT, code 131', exited(131, sent('SIGQUIT', 900)), java, 'proven'],
    ['SIGQUIT, code 131 later', exited(131, sent('SIGQUIT', 60_000)), {}, 'likely'],
    ['SIGQUIT, the code of Go', exited(2, sent('SIGQUIT', 300)), {}, 'likely'],
    ['SIGQUIT, exit 0 soon after', exited(0, sent('SIGQUIT', 900)), {}, 'possible'],
    ['SIGINT, exit 0 soon after', exited(0, sent('SIGINT', 900)), {}, 'likely'],
    ['SIGINT, code 130', exited(130, sent('SIGINT', 900)), {}, 'proven'],
    ['SIGINT, code 130 later', exited(130, sent('SIGINT', 60_000)), {}, 'likely'],
    ['SIGABRT, code 134', exited(134, sent('SIGABRT', 900)), {}, 'proven'],
    ['SIGALRM, code 142', exited(142, sent('SIGALRM', 900)), {}, 'proven'],
    ['SIGUSR1, code 138', exited(138, sent('SIGUSR1', 900)), {}, 'proven'],
    ['SIGUSR1, code 138 later', exited(138, sent('SIGUSR1', 60_000)), {}, 'likely'],
  ])('%s: its sender did it', (_, death, victim, confidence) => {
    const { verdict, actor } = verdictOf(death, victim);
    expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence });
    expect(actor?.pid).toBe(999);
  });

  it.each<[string, DeathEvent, string]>([
    ['its own SIGABRT', exited(134, ownSignal({ signal: 'SIGABRT', code: -6 })), 'abort'],
    ['a fault', exited(139, ownSignal({ signal: 'SIGSEGV', code: 1 })), 'crash'],
    ['a timer', exited(142, kernelSignal({ signal: 'SIGALRM' })), 'timer'],
    [
      'a limit',
      exited(152, ownSignal({ signal: 'SIGXCPU', info: 'kernel', code: null })),
      'resource-limit',
    ],
    [
      'a broken pipe',
      exited(141, ownSignal({ signal: 'SIGPIPE', info: 'none', code: null, group: false })),
      'broken-pipe',
    ],
  ])('that the code names: %s', (_, death, cause) => {
    const { verdict, actor } = verdictOf(death);
    expect(verdict).toMatchObject({ cause, confidence: 'proven' });
    expect(actor).toBeNull();
    expect(verdict.summary).not.toContain('did not handle');
  });
});

describe('Ctrl-C', () => {
  const typed = (ms: number) =>
    kernelSignal({ signal: 'SIGINT', currentKernelThread: true, ...before(ms) });
  const bash = { comm: 'bash', cmdline: ['-bash'] };
  const psql = { comm: 'psql', cmdline: ['psql', 'shop'] };
  const script = { comm: 'bash', cmdline: ['bash', './deploy.sh'] };
  const python = { comm: 'python3', cmdline: ['python3'] };
  const job = { comm: 'python3', cmdline: ['python3', 'train.py'] };

  it.each<[string, DeathEvent, Partial<Process>, string, string]>([
    ['in psql, which ends later', exited(0, typed(8_000)), psql, 'terminal-interrupt', 'possible'],
    ['in psql, long before', exited(0, typed(20_000)), psql, 'exit-ok', 'proven'],
    ['at a prompt of bash, ^D later', exited(130, typed(80_000)), bash, 'exit-error', 'proven'],
    [
      'at a prompt of bash, ^D soon',
      exited(130, typed(3_000)),
      bash,
      'terminal-interrupt',
      'possible',
    ],
    ['at a prompt of python', exited(0, typed(3_000)), python, 'terminal-interrupt', 'possible'],
    ['in a program of python', exited(130, typed(300)), job, 'terminal-interrupt', 'proven'],
    ['in a script', exited(130, typed(300)), script, 'terminal-interrupt', 'proven'],
    ['in a script, 130 later', exited(130, typed(60_000)), script, 'terminal-interrupt', 'likely'],
    ['in a server that stops', exited(0, typed(300)), {}, 'terminal-interrupt', 'likely'],
  ])('%s', (_, death, victim, cause, confidence) => {
    expect(verdictOf(death, victim).verdict).toMatchObject({ cause, confidence });
  });
});
