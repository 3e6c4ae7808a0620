import { describe, expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import { judge } from '../judge.ts';
import {
  aCase,
  aProcess,
  aSignal,
  before,
  exited,
  killedBy,
  killer,
  ownSignal,
} from '../testing/case.ts';

const other = aProcess({ pid: 777, comm: 'deploy', cmdline: ['deploy', '--restart'] });

describe('signal-from-process', () => {
  it('names sender, command and person in one sentence', () => {
    const { answer, actorKey } = judge(aCase(killedBy(aSignal())));
    expect(answer.verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
    expect(answer.verdict.summary).toBe(
      'nginx (pid 4121, up 9 d 4 h) on web-3 was killed with SIGKILL at 03:12:07 UTC by `pkill -9 -f python`, run by alice.',
    );
    expect(answer.actor).toMatchObject({
      pid: 999,
      uid: 1000,
      ancestry: [{ pid: 900 }, { pid: 880 }],
    });
    expect(actorKey).not.toBeNull();
    expect(answer.verdict.ruledOut.map(({ cause }) => cause)).toContain('oom-cgroup');
  });

  const cases: [string, DeathEvent, { pid: number; confidence: string }][] = [
    [
      'tgkill from another process',
      killedBy(aSignal({ code: -6, group: false })),
      { pid: 999, confidence: 'proven' },
    ],
    [
      'sigqueue',
      killedBy(aSignal({ signal: 'SIGTERM', code: -1 })),
      { pid: 999, confidence: 'proven' },
    ],
    [
      'the first of two SIGKILLs',
      killedBy(aSignal({ ...before(20) }), aSignal({ ...before(10), current: other })),
      { pid: 999, confidence: 'proven' },
    ],
    [
      'the last of two SIGTERMs: it survived the first',
      killedBy(
        aSignal({ signal: 'SIGTERM', ...before(9000) }),
        aSignal({ signal: 'SIGTERM', ...before(10), current: other }),
      ),
      { pid: 777, confidence: 'proven' },
    ],
    [
      'SIGKILL two seconds after SIGTERM',
      killedBy(aSignal({ signal: 'SIGTERM', ...before(2000), current: other }), aSignal()),
      { pid: 999, confidence: 'proven' },
    ],
    [
      'an ignored SIGKILL of another is a near miss',
      killedBy(aSignal({ current: other, result: 'ignored', ...before(500) }), aSignal()),
      { pid: 999, confidence: 'proven' },
    ],
    [
      'SIGSEGV from outside',
      killedBy(aSignal({ signal: 'SIGSEGV' })),
      { pid: 999, confidence: 'proven' },
    ],
    [
      'a caught SIGTERM, exit 0',
      exited(0, aSignal({ signal: 'SIGTERM', ...before(1200) })),
      { pid: 999, confidence: 'proven' },
    ],
    [
      'a caught SIGTERM, exit 143',
      exited(143, aSignal({ signal: 'SIGTERM', ...before(40_000) })),
      { pid: 999, confidence: 'proven' },
    ],
    [
      'a caught SIGTERM, exit 3',
      exited(3, aSignal({ signal: 'SIGTERM', ...before(1200) })),
      { pid: 999, confidence: 'likely' },
    ],
    [
      'a caught SIGTERM, exit 0 much later',
      exited(0, aSignal({ signal: 'SIGTERM', ...before(60_000) })),
      { pid: 999, confidence: 'possible' },
    ],
    [
      'a caught SIGTERM that it re-raised',
      killedBy(
        aSignal({ signal: 'SIGTERM', ...before(300) }),
        ownSignal({ signal: 'SIGTERM', code: -6, group: false }),
      ),
      { pid: 999, confidence: 'proven' },
    ],
    [
      'two senders asked it to stop: the first, with a doubt',
      exited(
        0,
        aSignal({ signal: 'SIGTERM', ...before(3000) }),
        aSignal({ signal: 'SIGTERM', ...before(1000), current: other }),
      ),
      { pid: 999, confidence: 'likely' },
    ],
  ];

  it.each(cases)('%s', (_name, death, expected) => {
    const { answer } = judge(aCase(death));
    expect(answer.verdict).toMatchObject({
      cause: 'signal-from-process',
      confidence: expected.confidence,
    });
    expect(answer.actor?.pid).toBe(expected.pid);
  });

  it('makes hostile names harmless in the sentence', () => {
    const hostile = aProcess({
      ...killer,
      comm: 'x',
      cmdline: ['kill\n`id`', '\u001b[31m<!channel>'],
    });
    const { summary } = judge(aCase(killedBy(aSignal({ current: hostile })))).answer.verdict;
    expect(summary).toContain("'kill\\n'id''");
    expect(summary).toContain('\\u001b[31m<!channel>');
    expect(summary).not.toMatch(/[\u0000-\u001f]/);
  });
});
