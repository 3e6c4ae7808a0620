import type { Cause } from '@coroner/schema/cause';
import type { MemoryStory } from '@coroner/schema/http/answer';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import { expect, test } from 'vitest';
import { chainOf, type EarlierDeath } from './chain.ts';

const answerOf = (cause: Cause, unit: string | null, more: object = {}): StoredAnswer =>
  ({
    verdict: { cause },
    death: { id: 'victim', pid: 50, unit, exitCode: 137 },
    evidence: [],
    ...more,
  }) as unknown as StoredAnswer;

const earlier = (facts: Partial<EarlierDeath>): EarlierDeath => ({
  id: 'a',
  pid: 40,
  comm: 'postgres',
  unit: 'postgresql.service',
  cause: 'signal-from-process',
  beforeMs: 900,
  pgid: 40,
  signal: 'SIGKILL',
  summary: 'postgres was killed with SIGKILL by alice.',
  parentId: null,
  together: 0,
  ...facts,
});

test.each<[string, StoredAnswer, Partial<EarlierDeath>[], string | null]>([
  ['another service died', answerOf('exit-error', 'app.service'), [{}], 'service'],
  [
    'a service that stopped well tells nothing',
    answerOf('exit-error', 'app.service'),
    [{ cause: 'exit-ok' }],
    null,
  ],
  ['a process of nobody’s unit', answerOf('exit-error', null), [{}], null],
  [
    'one of its own unit comes before another service',
    answerOf('exit-error', 'app.service'),
    [{ id: 'b', beforeMs: 10 }, { unit: 'app.service' }],
    'same-unit',
  ],
  [
    'a process above it',
    answerOf('exit-error', null),
    [{ id: 'parent', cause: 'exit-ok' }],
    'parent',
  ],
  [
    'its child, whose status it took over',
    answerOf('exit-error', null),
    [{ unit: null, parentId: 'victim' }],
    'child',
  ],
  [
    'a child that ended otherwise',
    answerOf('exit-error', null),
    [{ unit: null, parentId: 'victim', signal: 'SIGTERM' }],
    null,
  ],
  ['what took it along', answerOf('parent-died', null), [{ id: 'taker', beforeMs: -20 }], 'parent'],
  [
    'the session above a hangup',
    answerOf('hangup', null),
    [{ id: 'parent', comm: 'sshd', unit: null }],
    'parent',
  ],
  [
    'another service longer ago',
    answerOf('exit-error', 'app.service'),
    [{ beforeMs: 4_000 }],
    null,
  ],
  [
    'another service longer ago, as before',
    answerOf('exit-error', 'app.service'),
    [{ beforeMs: 4_000, together: 2 }],
    'service',
  ],
  [
    'one of two services, of which one is meant',
    answerOf('exit-error', 'app.service'),
    [{}, { id: 'c', unit: 'redis.service' }],
    null,
  ],
  ['what died later', answerOf('exit-error', 'app.service'), [{ beforeMs: -10 }], null],
  ['its pipeline', answerOf('broken-pipe', null), [{ pgid: 49, cause: 'exit-ok' }], 'pipeline'],
  ['another pipeline', answerOf('broken-pipe', null), [{ pgid: 48 }], null],
  // A person killed it: what else died then is not why.
  ['a named killer', answerOf('signal-from-process', 'app.service'), [{}], null],
])('%s', (_, answer, deaths, relation) => {
  const chain = chainOf({
    answer,
    pgid: 49,
    ancestorIds: ['parent'],
    parentId: 'taker',
    earlier: deaths.map(earlier),
    memory: null,
  });
  expect(chain.map((link) => [link.relation, link.confidence])).toEqual(
    relation ? [[relation, 'possible']] : [],
  );
});

test('an OOM victim that held little names who held the most, with the report', () => {
  const task = (pid: number, comm: string, rssPages: number) => ({ pid, comm, rssPages });
  const report = { kind: 'oom-kill', eventId: 'report' };
  const answer = (own: number) =>
    answerOf('oom-host', null, {
      evidence: [report],
      oom: { tasks: [task(50, 'sshd', own), task(60, 'ja\nva', 786_432)] },
    });
  const none = { pgid: null, ancestorIds: [], parentId: null, earlier: [], memory: null };
  expect(chainOf({ answer: answer(25_600), ...none })).toEqual([
    {
      relation: 'memory',
      confidence: 'possible',
      text: expect.stringMatching(/^ja.*va \(pid 60\) held 3 GiB then, the victim 100 MiB$/),
      eventIds: ['report'],
    },
  ]);
  expect(chainOf({ answer: answer(700_000), ...none })).toEqual([]);
});

test('the story of the memory tells who grew, not who was large', () => {
  const process = (pid: number, comm: string, rssKb: (number | null)[], cgroup = '/app') => ({
    ...{ pid, comm, cgroup, rssKb },
  });
  const times = ['2026-08-01T03:00:00Z', '2026-08-01T03:04:00Z', '2026-08-01T03:08:00Z'];
  const story = (...processes: ReturnType<typeof process>[]): MemoryStory =>
    ({ eventId: 'story', times, processes }) as unknown as MemoryStory;
  const chain = (answer: StoredAnswer, memory: MemoryStory) =>
    chainOf({ answer, pgid: null, ancestorIds: [], parentId: null, earlier: [], memory });
  const large = process(60, 'postgres', [8_000_000, 8_000_000, 8_000_000]);
  const grows = process(70, 'java', [null, 1_048_576, 3_145_728], '/app/java');
  const victim = process(50, 'sshd', [10_000, 10_000, 20_000]);
  const [link, ...others] = chain(answerOf('oom-daemon', null), story(large, grows, victim));
  expect(others).toEqual([]);
  expect(link).toMatchObject({ relation: 'memory', eventIds: ['story'] });
  expect(link?.text).toBe(
    'java (pid 70) grew by 2 GiB to 3 GiB in the 4 min before, the victim by 9.8 MiB',
  );
  const grewItself = process(50, 'sshd', [10_000, null, 4_000_000]);
  expect(chain(answerOf('oom-host', null), story(grows, grewItself))).toEqual([]);
  const ofOther = answerOf('oom-cgroup', null, { oom: { cgroup: '/web', tasks: [] } });
  expect(chain(ofOther, story(grows, victim))).toEqual([]);
  expect(chain(answerOf('oom-host', null), story(large, victim))).toEqual([]);
});
