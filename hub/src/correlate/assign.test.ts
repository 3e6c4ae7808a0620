import type { Judgement } from '@coroner/schema/verdict/case';
import { judge } from '@coroner/schema/verdict/judge';
import { describe, expect, test } from 'vitest';
import { type DeathFacts, killed } from '../testing/deaths.ts';
import { assignIncidents, type Incident, type Newcomer } from './assign.ts';
import { incidentKeys } from './keys.ts';

function judged(facts: DeathFacts): Judgement {
  const host = facts.host ?? 'web-3';
  return judge({ host, bootId: `boot-${host}`, death: killed(facts), evidence: [], gaps: [] });
}

function newcomer(facts: DeathFacts): Newcomer {
  const judgement = judged(facts);
  const { answer } = judgement;
  const { id: deathId, host, diedAt } = answer.death;
  return { deathId, host, diedAt, answer, keys: incidentKeys(judgement) };
}

const at = (second: number): string => new Date(Date.UTC(2026, 7, 1, 3, 0, second)).toISOString();
const segfault = { exit: { code: null, signal: 'SIGSEGV', coreDumped: true } };

function crashed(host: string, comm: string, second: number, pid: number): DeathFacts {
  const own = {
    signal: 'SIGSEGV',
    info: 'user' as const,
    code: 1,
    currentIsVictim: true,
    current: null,
  };
  const [kill] = killed({ at: at(second) }).signals;
  return {
    host,
    comm,
    pid,
    at: at(second),
    more: { ...segfault, signals: kill ? [{ ...kill, ...own }] : [] },
  };
}

function groups(...all: DeathFacts[]): number[] {
  const known: Incident[] = [];
  assignIncidents(known, all.map(newcomer));
  return known.map((incident) => incident.deaths).sort();
}

describe('one incident', () => {
  test('for deaths by one process', () => {
    expect(groups({ pid: 1, at: at(0) }, { pid: 2, comm: 'java', at: at(200) })).toEqual([2]);
  });

  test('for the same command of the same user on several hosts within two minutes', () => {
    expect(
      groups({ host: 'a', at: at(0) }, { host: 'b', at: at(100) }, { host: 'c', at: at(219) }),
    ).toEqual([3]);
  });

  test('for crashes of one program on one host', () => {
    expect(groups(crashed('a', 'php', 0, 1), crashed('a', 'php', 500, 2))).toEqual([2]);
  });
});

describe('separate incidents', () => {
  test('for the same command of the same user two minutes later on another host', () => {
    expect(groups({ host: 'a', at: at(0) }, { host: 'b', at: at(121) })).toEqual([1, 1]);
  });

  test('for other users, commands and signals', () => {
    const other = { user: 'bob', startUs: 5 };
    const command = { cmdline: ['kill', '-9', '7'], startUs: 6 };
    expect(
      groups({ host: 'a' }, { host: 'b', killer: other }, { host: 'c', killer: command }),
    ).toEqual([1, 1, 1]);
  });

  test('for crashes of other programs, on other hosts, or much later', () => {
    const crashes = [
      crashed('a', 'php', 0, 1),
      crashed('a', 'perl', 0, 2),
      crashed('b', 'php', 0, 3),
      crashed('a', 'php', 601, 4),
    ];
    expect(groups(...crashes)).toEqual([1, 1, 1, 1]);
  });
});

test('no incident for ordinary ends', () => {
  const exit = { code: 3, signal: null, coreDumped: false };
  expect(incidentKeys(judged({ more: { exit, signals: [] } }))).toEqual([]);
});

test('the earliest death stands for all, whatever the order of arrival', () => {
  const known: Incident[] = [];
  assignIncidents(known, [newcomer({ host: 'b', at: at(60) })]);
  assignIncidents(known, [newcomer({ host: 'a', at: at(30) })]);
  expect(known).toHaveLength(1);
  expect(known[0]).toMatchObject({
    hosts: ['a', 'b'],
    firstAt: at(30),
    lastAt: at(60),
    first: { death: { host: 'a' } },
    title: '2 processes were killed with SIGKILL by pkill -9 -f python (alice) on 2 hosts',
  });
});
