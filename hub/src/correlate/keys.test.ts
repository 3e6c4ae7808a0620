import type { Actor } from '@coroner/schema/http/answer';
import type { Judgement } from '@coroner/schema/verdict/case';
import { describe, expect, test } from 'vitest';
import { assignIncidents } from './assign.ts';
import type { PackageChange } from './change-keys.ts';
import type { Incident, Newcomer } from './incident.ts';
import { incidentKeys } from './keys.ts';

type Answer = Judgement['answer'];

interface Facts {
  host?: string;
  second?: number;
  cause?: Cause;
  confidence?: Answer['verdict']['confidence'];
  death?: Partial<Answer['death']>;
  actor?: Partial<Actor> | null;
  actorKey?: string | null;
  evidence?: Answer['evidence'];
  changes?: PackageChange[];
  parentId?: string | null;
  errorMs?: number;
}

const at = (second: number): string => new Date(Date.UTC(2026, 7, 1, 3, 0, second)).toISOString();

let ids = 0;
/** A kill -9 of java by nobody in particular, unless told otherwise. */
function death(facts: Facts = {}): Newcomer {
  const { host = 'h', second = 0, cause = 'signal-from-process', confidence = 'proven' } = facts;
  const { changes = [], parentId = null, errorMs = 0, evidence = [] } = facts;
  ids += 1;
  const id = `death-${ids}`;
  const answer = {
    verdict: { cause, confidence },
    death: {
      ...{ id, host, pid: 100 + ids, comm: 'java', exe: '/usr/bin/java', cmdline: ['java'] },
      ...{ unit: null, signal: 'SIGKILL', exitCode: null, diedAt: at(second) },
      ...facts.death,
    },
    actor: facts.actor ? { ...nobody, ...facts.actor } : null,
    evidence,
  } as unknown as Answer;
  const { id: deathId } = answer.death;
  const keys = incidentKeys({ answer, actorKey: facts.actorKey ?? null, changes, parentId });
  return { deathId, host, diedAt: at(second), errorMs, answer, keys };
}

const nobody = { pid: 9, comm: 'kill', user: 'root', auditUser: null, ancestry: [] };
const login = (user: string, from: string, fromHost?: object) =>
  ({ type: 'login-session', user, from, fromHost }) as Actor['origin'];
type Cause = Answer['verdict']['cause'];
const host = (name: string, second: number, cause: Cause, facts: Facts = {}) =>
  death({
    ...{ host: name, second, cause, ...facts },
    death: { pid: 0, comm: 'host', exe: null, signal: null },
  });

/** Sizes of the incidents, whether they come at once or one after the other, first or last. */
function groups(...deaths: Newcomer[]): number[] {
  const sizes = [deaths, deaths.toReversed()].map((order) => sizesOf(order.map((one) => [one])));
  expect(sizes[1]).toEqual(sizes[0]);
  expect(sizesOf([deaths])).toEqual(sizes[0]);
  return sizes[0] ?? [];
}

function sizesOf(batches: Newcomer[][]): number[] {
  const known: Incident[] = [];
  const gone = new Set<Incident>();
  for (const batch of batches)
    for (const other of assignIncidents(known, batch).merged.keys()) gone.add(other);
  return known.flatMap((one) => (gone.has(one) ? [] : one.deaths)).sort();
}

describe('an act on several hosts is one', () => {
  test('of one run of an orchestration that kills by number', () => {
    const run = (place: number, name: string) =>
      death({
        ...{ host: `h${place}`, second: place, actorKey: `k${place}` },
        actor: {
          cmdline: ['kill', '-9', `${4_000 + place}`],
          origin: { type: 'orchestration', name },
        },
      });
    expect(groups(run(0, 'salt-minion'), run(1, 'salt-minion'), run(2, 'salt-minion'))).toEqual([
      3,
    ]);
    // It watches processes of its own host.
    expect(groups(run(0, 'monit'), run(1, 'monit'))).toEqual([1, 1]);
  });

  test('of one person on one host of the fleet, under whatever name and address', () => {
    const by = (place: number, user: string, from: string, person: string | null) =>
      death({
        ...{ host: `h${place}`, second: place * 10, actorKey: `k${place}` },
        actor: {
          ...{ user: 'root', auditUser: user, cmdline: ['pkill', 'java'] },
          origin: login(user, from, { name: 'bastion', user: person }),
        },
      });
    expect(groups(by(0, 'deploy', '10.0.0.1', 'bob'), by(1, 'root', '10.0.0.2', 'bob'))).toEqual([
      2,
    ]);
    expect(groups(by(0, 'deploy', '10.0.0.1', 'bob'), by(1, 'root', '10.0.0.1', 'eve'))).toEqual([
      1, 1,
    ]);
    // Who came through a host that many come through is told by the account alone.
    expect(groups(by(0, 'deploy', '10.0.0.1', null), by(1, 'deploy', '10.0.0.2', null))).toEqual([
      2,
    ]);
    expect(groups(by(0, 'deploy', '10.0.0.1', null), by(1, 'root', '10.0.0.2', null))).toEqual([
      1, 1,
    ]);
  });

  test('of a release that rolls out slowly, as long as it keeps its pace', () => {
    const crash = (name: string, second: number, errorMs = 0) =>
      death({
        ...{ host: name, second, cause: 'crash', errorMs },
        death: { unit: 'shop.service', signal: 'SIGSEGV' },
      });
    expect(groups(crash('a', 0), crash('b', 180), crash('c', 360))).toEqual([3]);
    // Four minutes and then eight; but not eight without having seen four.
    expect(groups(crash('a', 0), crash('b', 240), crash('c', 720))).toEqual([3]);
    expect(groups(crash('a', 0), crash('b', 480))).toEqual([1, 1]);
    expect(groups(crash('a', 0), crash('b', 240), crash('c', 240 + 40 * 60))).toEqual([1, 2]);
    // As far as the clocks of its hosts are wrong, they may have been closer.
    expect(groups(crash('a', 0, 60_000), crash('b', 400, 60_000))).toEqual([2]);
    expect(groups(crash('a', 0, 60_000), crash('b', 400))).toEqual([1, 1]);
  });

  test('of a change of a package whose programs, or users, crash', () => {
    const libssl = { package: 'libssl3t64', toVersion: '3.5.1' };
    const fault = (comm: string, name: string, second: number, changes: PackageChange[]) =>
      death({
        ...{ host: name, second, cause: 'crash', changes },
        death: { comm, exe: `/usr/sbin/${comm}`, signal: 'SIGSEGV' },
        evidence: [
          { eventId: 'e', at: null, source: 'kmsg', kind: 'crash', text: 'fault in libssl.so.3' },
        ],
      });
    expect(groups(fault('nginx', 'a', 0, [libssl]), fault('php', 'b', 1_200, [libssl]))).toEqual([
      2,
    ]);
    const older = { ...libssl, toVersion: '3.5.0' };
    expect(groups(fault('nginx', 'a', 0, [libssl]), fault('php', 'b', 60, [older]))).toEqual([
      1, 1,
    ]);
    const zones = { package: 'tzdata', toVersion: '2026b' };
    expect(groups(fault('nginx', 'a', 0, [zones]), fault('php', 'b', 60, [zones]))).toEqual([1, 1]);
  });
});

describe('hosts', () => {
  test('that go dark and then show to have crashed are told once', () => {
    expect(groups(host('r1', 0, 'unknown'), host('r1', 60, 'host-crash'))).toEqual([2]);
  });

  test('crash together within two heartbeats, and else by chance', () => {
    expect(groups(host('a', 0, 'host-crash'), host('b', 30, 'host-crash'))).toEqual([2]);
    expect(groups(host('a', 0, 'host-crash'), host('b', 100, 'host-crash'))).toEqual([1, 1]);
  });

  test('crash under one new kernel', () => {
    const changes = [{ package: 'linux-image-6.12.9-amd64', toVersion: '6.12.9-1' }];
    const crash = (name: string, second: number) => host(name, second, 'host-crash', { changes });
    expect(groups(crash('a', 0), crash('b', 3 * 3_600))).toEqual([2]);
  });

  test('that were shut down alert nobody', () => {
    expect(groups(host('a', 0, 'host-shutdown'))).toEqual([]);
  });
});

describe('what alerts nobody by itself', () => {
  const pkill = (facts: Facts = {}) =>
    death({
      actorKey: 'k',
      actor: { cmdline: ['pkill', 'java'], origin: login('eve', '') },
      ...facts,
    });

  test('joins what took its parent along, in whatever order', () => {
    const parent = pkill({ death: { id: 'parent', comm: 'supervisor' }, second: 1 });
    const child = death({ cause: 'parent-died', parentId: 'parent', death: { id: 'child' } });
    const grandchild = death({ cause: 'parent-died', parentId: 'child' });
    expect(sizesOf([[grandchild, child, parent]])).toEqual([3]);
    expect(sizesOf([[child], [grandchild]])).toEqual([]);
    const known: Incident[] = [];
    assignIncidents(known, [child, parent]);
    expect(known).toMatchObject([{ deathId: 'parent', firstAt: at(1) }]);
  });

  test('joins a blow at others of its program, where that was one', () => {
    const unsigned = death({ cause: 'unknown', confidence: 'unknown' });
    const blow = (facts: Facts = {}) => [1, 2, 3].map(() => pkill(facts));
    expect(sizesOf([[...blow(), unsigned]])).toEqual([4]);
    expect(sizesOf([[pkill(), pkill(), unsigned]])).toEqual([2]);
    expect(sizesOf([[...blow({ second: 5 }), unsigned]])).toEqual([3]);
    const perl = { exe: '/usr/bin/perl', comm: 'perl' };
    expect(sizesOf([[...blow({ death: perl }), unsigned]])).toEqual([3]);
    // Of two blows at once, nobody can say whose it was.
    const others = [1, 2, 3].map(() =>
      death({
        ...{ actorKey: 'other' },
        actor: { cmdline: ['pkill', 'a'], user: 'bob', origin: login('bob', '10.0.0.9') },
      }),
    );
    expect(sizesOf([[...blow(), ...others, unsigned]])).toEqual([3, 3]);
  });

  test('joins others of an actor that may have done it, and opens nothing', () => {
    const maybe = pkill({ confidence: 'possible' });
    expect(sizesOf([[maybe]])).toEqual([]);
    expect(sizesOf([[maybe, pkill({ second: 3 })]])).toEqual([2]);
  });
});
