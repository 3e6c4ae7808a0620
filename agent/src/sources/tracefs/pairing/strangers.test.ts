import { expect, it } from 'vitest';
import type { TraceEvent } from '../ring/event.ts';
import { type Gone, pairing } from './pairing.ts';
import type { ProcessTable } from './table.ts';

const beganUs = 10_000_000;
const unknown: ProcessTable = {
  get: () => undefined,
  ofThread: () => null,
  fork: () => undefined,
  addThread: () => undefined,
  removeThread: () => undefined,
  remove: () => undefined,
  vanished: () => [],
};
const stamp = { ns: 0, inInterrupt: false };
const exit = (pid: number, groupDead: boolean | null): TraceEvent => ({
  ...{ ...stamp, kind: 'exit', tid: pid, pid, comm: 'db', groupDead },
});
const signal = (number: number, tid: number, target: number, code = 0): TraceEvent => ({
  ...{ ...stamp, kind: 'signal', tid, number, code, target, targetComm: 'db', group: true },
});
const childEnded = (tid: number, code: number) => signal(17, tid, 1, code);
const [exited, killed] = [1, 2];

function told(...events: [number, TraceEvent][]) {
  const gone: Gone[] = [];
  const pairs = pairing(unknown, { left: 0 }, (end) => gone.push(end), beganUs);
  for (const [atUs, event] of events) pairs.take(event, atUs);
  pairs.settle(Number.POSITIVE_INFINITY);
  const ends = gone.map(({ known, end }) => [
    known.pid,
    end.exit.signal,
    end.exit.byItself === true,
  ]);
  return { ends, untold: pairs.untold() };
}

it.each([
  ['that says that the group is dead', true],
  ['before Linux 6.14', null],
])('who was killed before the table was made is told of, by an exit %s', (_, groupDead) => {
  expect(told([1, signal(9, 3, 7)], [2, exit(7, groupDead)], [3, childEnded(7, killed)])).toEqual({
    ...{ ends: [[7, 'SIGKILL', false]], untold: 0 },
  });
  expect(told([2, exit(7, groupDead)], [3, childEnded(7, exited)])).toEqual({
    ...{ ends: [[7, null, true]], untold: 0 },
  });
});

it('a process of several threads is told of once, where a signal says which it is', () => {
  const threads = told(
    [1, signal(9, 3, 7)],
    [2, exit(8, null)],
    [3, exit(7, null)],
    [4, exit(9, null)],
    [5, childEnded(9, killed)],
  );
  expect(threads).toEqual({ ends: [[7, 'SIGKILL', false]], untold: 0 });
});

it('and else counted', () => {
  const threads = told([2, exit(7, false)], [3, exit(9, true)], [4, childEnded(9, exited)]);
  expect(threads).toEqual({ ends: [], untold: 1 });
});

it('a thread alone is no process, and later on nobody is a stranger', () => {
  expect(told([1, exit(8, null)])).toEqual({ ends: [], untold: 0 });
  expect(told([beganUs, signal(9, 3, 7)], [beganUs + 1, exit(7, true)])).toEqual({
    ...{ ends: [], untold: 0 },
  });
});
