import { expect, it } from 'vitest';
import type { DeathEvent } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import type { WatchedSource } from '../case.ts';
import { judge } from '../judge.ts';
import {
  aCase,
  aDeath,
  aProcess,
  aSignal,
  before,
  exited,
  kernelSignal,
  killedBy,
  ownSignal,
} from '../testing/case.ts';
import { oomOfHost as report } from '../testing/reports.ts';

const marked = (death: DeathEvent): DeathEvent => ({ ...death, oomMarked: true });
const byOom = kernelSignal({ signal: 'SIGKILL' });

it('of the host', () => {
  const { verdict, actor } = judge(aCase(marked(killedBy(byOom)), report)).answer;
  expect(verdict).toMatchObject({ cause: 'oom-host', confidence: 'proven' });
  expect(actor).toBeNull();
  expect(verdict.ruledOut.map(({ cause }) => cause)).toContain('oom-cgroup');
});

it('without a report the mark proves the kill and not its scope', () => {
  const { answer } = judge(aCase(marked(killedBy(byOom))));
  expect(answer.verdict).toMatchObject({ cause: 'oom-host', confidence: 'possible' });
  expect(answer.actor).toBeNull();
});

const writer = aProcess({ pid: 70, comm: 'sh', cmdline: ['sh', '-c', 'echo 1 > cgroup.kill'] });
const sent = killedBy(aSignal());

it.each<[string, DeathEvent, string, number | null, Event[]]>([
  ['a person', sent, 'signal-from-process', 999, []],
  [
    'a person, whom the report of a late choice does not excuse',
    sent,
    'signal-from-process',
    999,
    [report],
  ],
  [
    'a person, before the OOM killer',
    killedBy(aSignal(before(9)), byOom),
    'signal-from-process',
    999,
    [],
  ],
  [
    'a person with SIGTERM',
    killedBy(aSignal({ signal: 'SIGTERM' })),
    'signal-from-process',
    999,
    [],
  ],
  [
    'a person, as trace events tell of it',
    { ...killedBy(aSignal({ doubt: 'likely' })), source: 'tracefs' },
    'signal-from-process',
    999,
    [],
  ],
  [
    'whoever wrote to cgroup.kill',
    killedBy(kernelSignal({ info: 'none', group: false, current: writer })),
    'cgroup-kill',
    70,
    [],
  ],
  ['itself, by an exit', exited(3), 'exit-error', null, []],
  ['itself, by a fault', killedBy(ownSignal({ signal: 'SIGSEGV', code: 1 })), 'crash', null, []],
])('marked while it was dying already, ended by %s', (_, death, cause, actor, evidence) => {
  const { answer } = judge(aCase(marked(death), ...evidence));
  expect(answer.verdict.cause).toBe(cause);
  expect(answer.actor?.pid ?? null).toBe(actor);
  expect(answer.evidence.at(-1)?.text).toContain('while it was dying already');
  expect(JSON.stringify(answer.verdict.ruledOut)).toContain('while it was dying already');
});

it('the OOM killer first, a person later', () => {
  const late = aSignal({ result: 'ignored', ...before(0) });
  const first = kernelSignal({ signal: 'SIGKILL', ...before(5) });
  const { answer } = judge(aCase(marked(killedBy(first, late))));
  expect(answer.verdict.cause).toBe('oom-host');
  expect(answer.actor).toBeNull();
});

const logged: DeathEvent = { ...aDeath({ signals: [] }), source: 'journal' };
const kmsg: WatchedSource = { source: 'kmsg', state: 'available' };
const loss: Event = {
  ...{ kind: 'gap', id: 'loss-of-kmsg', source: 'kmsg', ...before(0), of: 'kmsg' },
  ...{ since: before(9_000).at, until: before(8_000).at, lost: 3, reason: 'overrun' },
};
const ofAnother = { ...report, pid: 7, comm: 'java' };

it.each<[string, DeathEvent, WatchedSource[], Event[], RegExp | null]>([
  ['the mark alone', sent, [], [], /^the kernel did not choose it as an OOM victim \(/],
  ['mark and log', sent, [kmsg], [ofAnother], /victim, and no report of the kernel names it \(/],
  ['the log alone', logged, [kmsg], [], /^no report of the kernel names it \(/],
  ['no log', logged, [], [ofAnother], null],
  ['a log that is missing', logged, [{ ...kmsg, state: 'missing' }], [], null],
  ['a log with a gap', logged, [kmsg], [loss], null],
  ['another signal', killedBy(aSignal({ signal: 'SIGTERM' })), [kmsg], [], null],
])('is ruled out by what was seen: %s', (_, death, sources, evidence, because) => {
  const { ruledOut } = judge({ ...aCase(death, ...evidence), sources }).answer.verdict;
  for (const scope of ['oom-host', 'oom-cgroup'])
    expect(ruledOut.find(({ cause }) => cause === scope)?.because ?? null).toEqual(
      because && expect.stringMatching(because),
    );
});
