import type { Cause } from '@coroner/schema/cause';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import { expect, test } from 'vitest';
import { chainOf, type EarlierDeath } from './chain.ts';

const answerOf = (cause: Cause, unit: string | null, more: object = {}): StoredAnswer =>
  ({
    verdict: { cause },
    death: { pid: 50, unit },
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
  ['its pipeline', answerOf('broken-pipe', null), [{ pgid: 49, cause: 'exit-ok' }], 'pipeline'],
  ['another pipeline', answerOf('broken-pipe', null), [{ pgid: 48 }], null],
  // A person killed it: what else died then is not why.
  ['a named killer', answerOf('signal-from-process', 'app.service'), [{}], null],
])('%s', (_, answer, deaths, relation) => {
  const chain = chainOf({
    answer,
    pgid: 49,
    ancestorIds: ['parent'],
    earlier: deaths.map(earlier),
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
  const none = { pgid: null, ancestorIds: [], earlier: [] };
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
