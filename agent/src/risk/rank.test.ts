import { expect, it } from 'vitest';
import { type Candidate, rank } from './rank.ts';
import { membersOf } from './report.ts';

const mib = 1024;
let pids = 100;
const candidate = (comm: string, facts: Partial<Candidate> = {}): Candidate => ({
  pid: pids++,
  comm,
  uid: 0,
  cgroup: '/',
  rssKb: 0,
  swapKb: 0,
  pageTablesKb: 0,
  oomScoreAdj: 0,
  oomScore: null,
  isKernelThread: false,
  ...facts,
});

it.each<[string, Candidate[], number, string[]]>([
  [
    'the largest first',
    [candidate('small', { rssKb: 10 * mib }), candidate('large', { rssKb: 20 * mib })],
    1000 * mib,
    ['large', 'small'],
  ],
  [
    'swap and page tables count',
    [
      candidate('resident', { rssKb: 20 * mib }),
      candidate('swapped', { rssKb: mib, swapKb: 15 * mib, pageTablesKb: 5 * mib }),
    ],
    1000 * mib,
    ['swapped', 'resident'],
  ],
  [
    'oom_score_adj is thousandths of the whole',
    [
      candidate('large', { rssKb: 90 * mib }),
      candidate('offered', { rssKb: mib, oomScoreAdj: 100 }),
      candidate('guarded', { rssKb: 500 * mib, oomScoreAdj: -500 }),
    ],
    1000 * mib,
    ['offered', 'large', 'guarded'],
  ],
  [
    'of a small limit it weighs less',
    [
      candidate('large', { rssKb: 90 * mib }),
      candidate('offered', { rssKb: mib, oomScoreAdj: 100 }),
    ],
    100 * mib,
    ['large', 'offered'],
  ],
  [
    'init, kernel threads and -1000 are never killed',
    [
      candidate('init', { pid: 1, rssKb: 99 * mib }),
      candidate('kworker', { isKernelThread: true }),
      candidate('sshd', { rssKb: 99 * mib, oomScoreAdj: -1000 }),
      candidate('app', { rssKb: mib }),
    ],
    1000 * mib,
    ['app'],
  ],
])('%s', (_name, candidates, limitKb, order) => {
  const { ranked, unkillable } = rank(candidates, limitKb);
  expect(ranked.map(({ comm }) => comm)).toEqual(order);
  expect(ranked.length + unkillable.length).toBe(candidates.length);
});

it('an empty host has no victim', () => {
  expect(rank([], 1)).toEqual({ ranked: [], unkillable: [] });
});

it('a cgroup has the processes below it, and not those of its namesakes', () => {
  const all = ['/jobs', '/jobs/1', '/jobs2', '/', null].map((cgroup) => candidate('x', { cgroup }));
  const paths = (path: string) => membersOf(all, path).map(({ cgroup }) => cgroup);
  expect(paths('/jobs')).toEqual(['/jobs', '/jobs/1']);
  expect(paths('/')).toEqual(['/jobs', '/jobs/1', '/jobs2', '/']);
});
