import type { Process } from '@coroner/schema/process';
import type { Judgement } from '@coroner/schema/verdict/case';
import { judge } from '@coroner/schema/verdict/judge';
import { describe, expect, test } from 'vitest';
import { type DeathFacts, killed } from '../testing/deaths.ts';
import { assignIncidents } from './assign.ts';
import type { Incident, Newcomer } from './incident.ts';
import { incidentKeys } from './keys.ts';

function judged(facts: DeathFacts): Judgement {
  const host = facts.host ?? 'web-3';
  return judge({ host, bootId: `boot-${host}`, death: killed(facts), evidence: [], gaps: [] });
}

function newcomer(facts: DeathFacts): Newcomer {
  const judgement = judged(facts);
  const { answer } = judgement;
  const { id: deathId, host, diedAt } = answer.death;
  return { deathId, host, diedAt, errorMs: 0, answer, keys: incidentKeys(judgement) };
}

const at = (second: number): string => new Date(Date.UTC(2026, 7, 1, 3, 0, second)).toISOString();
const segfault = { exit: { code: null, signal: 'SIGSEGV', coreDumped: true } };

function crashed(host: string, comm: string, second: number, pid: number): DeathFacts {
  const own = {
    signal: 'SIGSEGV',
    info: 'user' as const,
    code: 1,
    group: false,
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

/** A kill out of an ssh session, or by a line of a crontab. */
function by(killer: Partial<Process>, facts: DeathFacts = {}): DeathFacts {
  return { ...facts, killer: { startUs: facts.pid ?? 1, ...killer } };
}

const fromHome = {
  auid: 1000,
  auditUser: 'deploy',
  auditSession: 7,
  user: 'root',
  ancestry: [{ pid: 900, comm: 'sshd' }],
};
const ofCron = {
  user: 'root',
  ancestry: [
    { pid: 901, comm: 'sh', cmdline: ['/bin/sh', '-c', 'pkill -f report'] },
    { pid: 900, comm: 'cron' },
  ],
};

describe('one incident', () => {
  test('for deaths by one process', () => {
    expect(groups({ pid: 1, at: at(0) }, { pid: 2, comm: 'java', at: at(200) })).toEqual([2]);
  });

  test('for the same command of the same user on several hosts within two minutes', () => {
    expect(
      groups({ host: 'a', at: at(0) }, { host: 'b', at: at(100) }, { host: 'c', at: at(219) }),
    ).toEqual([3]);
  });

  test('for a loop over ssh that kills by process id on each host', () => {
    const loop = (pid: number, host: string, second: number): DeathFacts =>
      by({ ...fromHome, cmdline: ['kill', '-9', String(pid)] }, { pid, host, at: at(second) });
    expect(groups(loop(4121, 'a', 0), loop(882, 'b', 20), loop(30_117, 'c', 100))).toEqual([3]);
  });

  test('for one cron line on many hosts', () => {
    const run = (pid: number, host: string, second: number): DeathFacts =>
      by(
        { ...ofCron, comm: 'pkill', cmdline: ['pkill', '-f', 'report'] },
        { pid, host, at: at(second) },
      );
    expect(groups(run(1, 'a', 0), run(2, 'b', 300), run(3, 'c', 590))).toEqual([3]);
  });

  test('for one program that crashes alike on several hosts within minutes', () => {
    expect(groups(crashed('a', 'php', 0, 1), crashed('b', 'php', 290, 2))).toEqual([2]);
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

  test('for the same words of root on hosts where nobody is known to have come from', () => {
    const cleaner = (pid: number, host: string): DeathFacts =>
      by({ user: 'root', cmdline: ['kill', '-9', String(pid)] }, { pid, host, at: at(0) });
    expect(groups(cleaner(4121, 'a'), cleaner(882, 'b'))).toEqual([1, 1]);
  });

  test('for people of one account who come from different addresses', () => {
    const one = by({ ...fromHome, cmdline: ['pkill', 'java'] }, { pid: 1, host: 'a', at: at(0) });
    const other = by({ ...fromHome, cmdline: ['pkill', 'java'] }, { pid: 2, host: 'b', at: at(1) });
    const from = (address: string, facts: DeathFacts): Newcomer => {
      const judgement = judged(facts);
      const { actor } = judgement.answer;
      if (actor?.origin.type === 'login-session') actor.origin.from = address;
      const { id: deathId, host, diedAt } = judgement.answer.death;
      const keys = incidentKeys(judgement);
      return { deathId, host, diedAt, errorMs: 0, answer: judgement.answer, keys };
    };
    const known: Incident[] = [];
    assignIncidents(known, [from('10.0.0.5', one), from('10.0.0.6', other)]);
    expect(known).toHaveLength(2);
  });

  test('for crashes of other programs, later on other hosts, or much later', () => {
    const crashes = [
      crashed('a', 'php', 0, 1),
      crashed('a', 'perl', 0, 2),
      crashed('b', 'php', 301, 3),
      crashed('a', 'php', 905, 4),
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

describe('a death that belongs to two incidents makes them one', () => {
  const process = { startUs: 77 };
  const left: DeathFacts = { host: 'a', pid: 1, at: at(0), killer: process };
  const right: DeathFacts = {
    host: 'b',
    pid: 2,
    at: at(10),
    killer: { startUs: 78, cmdline: ['pkill', 'java'] },
  };
  /** By the process of the left one, with the words of the right one. */
  const bridge: DeathFacts = {
    host: 'a',
    pid: 3,
    at: at(20),
    killer: { ...process, cmdline: ['pkill', 'java'] },
  };

  test('the earlier takes up the other', () => {
    const known: Incident[] = [];
    assignIncidents(known, [newcomer(left), newcomer(right)]);
    expect(known).toHaveLength(2);
    const [first, second] = known;
    const { incidentOf, merged } = assignIncidents(known, [newcomer(bridge)]);
    expect([...merged]).toEqual([[second, first]]);
    expect([...incidentOf.values()]).toEqual([first]);
    expect(first).toMatchObject({ deaths: 3, hosts: ['a', 'b'], firstAt: at(0), lastAt: at(20) });
  });

  test('whatever the order of arrival', () => {
    const orders = [
      [left, right, bridge],
      [bridge, right, left],
      [right, bridge, left],
    ];
    for (const order of orders) {
      const known: Incident[] = [];
      const gone = new Set<Incident>();
      for (const facts of order)
        for (const other of assignIncidents(known, [newcomer(facts)]).merged.keys())
          gone.add(other);
      expect(known.filter((incident) => !gone.has(incident)).map(({ deaths }) => deaths)).toEqual([
        3,
      ]);
    }
  });
});

test('four hundred deaths by one command on forty hosts are one incident', () => {
  const all = Array.from({ length: 400 }, (_, index) => ({
    host: `node-${index % 40}`,
    pid: 1_000 + index,
    comm: `worker-${index % 7}`,
    at: at(index / 10),
    killer: { startUs: index % 40 },
  }));
  expect(groups(...all)).toEqual([400]);
});

describe('a death that was judged anew', () => {
  const home = { user: 'root', auditUser: 'dan', ancestry: [{ pid: 900, comm: 'sshd' }] };
  const first = { ...by({ ...home, remote: '10.0.0.9' }, { host: 'a', pid: 1, at: at(0) }) };
  const second = by(home, { host: 'b', pid: 2, at: at(10) });
  const told = by({ ...home, remote: '10.0.0.9' }, { host: 'b', pid: 2, at: at(10) });

  test('joins its incident to the one that its new keys show', () => {
    const known: Incident[] = [];
    assignIncidents(known, [newcomer(first), newcomer(second)]);
    expect(known.map(({ deaths }) => deaths)).toEqual([1, 1]);
    const [one, other] = known;
    const again = { ...newcomer(told), incidentId: other?.id ?? null };
    const { incidentOf, merged } = assignIncidents(known, [again]);
    expect([...merged]).toEqual([[other, one]]);
    expect(incidentOf.get(again.deathId)).toBe(one);
    expect(one).toMatchObject({ deaths: 2, hosts: ['a', 'b'] });
  });

  test('is not counted again where it stays', () => {
    const known: Incident[] = [];
    assignIncidents(known, [newcomer(first)]);
    assignIncidents(known, [{ ...newcomer(first), incidentId: known[0]?.id ?? null }]);
    expect(known.map(({ deaths }) => deaths)).toEqual([1]);
  });
});

test('the title of a crash loop has its pace', () => {
  const known: Incident[] = [];
  const loop = [0, 10, 21, 30].map((second) => crashed('web-3', 'nginx', second, 100 + second));
  assignIncidents(known, loop.map(newcomer));
  expect(known.map(({ title }) => title)).toEqual([
    'nginx crashed with SIGSEGV 4 times on web-3, every 10 s or so',
  ]);
});
