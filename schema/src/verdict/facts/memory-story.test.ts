import { expect, it } from 'vitest';
import type { EventOf } from '../../event/event.ts';
import { judge } from '../judge.ts';
import { aCase, aSignal, before, kernelSignal, killedBy } from '../testing/case.ts';

const oomKilled = { ...killedBy(kernelSignal({ signal: 'SIGKILL' })), oomMarked: true };
const { pid, comm } = oomKilled.victim;
const story = (id: string, ms: number, victim: number): EventOf<'memory-story'> => ({
  ...{ kind: 'memory-story', id, source: 'proc', ...before(ms), because: ['oom-kill'] },
  victims: [{ pid: victim, comm }],
  times: [before(20_000).at, before(0).at],
  ...{ totalKb: 8e6, availableKb: [4e6, 1e5], swapTotalKb: 0, swapFreeKb: [0, 0] },
  ...{ pressureSome: [0, 50], pressureFull: [0, 40], cgroups: [] },
  processes: [
    { pid: 70, comm: 'postgres', rssKb: [1e6, 3e6] },
    { pid: victim, comm, rssKb: [512, 2048] },
  ],
});
const cited = (...stories: EventOf<'memory-story'>[]) =>
  judge(aCase(oomKilled, ...stories)).answer.evidence.filter(({ kind }) => kind === 'memory-story');

it('a death for want of memory cites the story that names it, else the nearest', () => {
  const own = story('story-of-own', 30_000, pid);
  expect(cited(story('nearer', 1_000, 99), own).map(({ eventId }) => eventId)).toEqual([own.id]);
  expect(cited(story('nearer', 1_000, 99), story('farther', 50_000, 98))[0]?.eventId).toBe(
    'nearer',
  );
  expect(cited(story('too-far', 90_000, pid))).toEqual([]);
});

it('tells how the victim grew, or who did where it was in no sample', () => {
  const textOf = (each: EventOf<'memory-story'>) => cited(each)[0]?.text ?? '';
  const own = story('own-story', 0, pid);
  expect(textOf(own)).toContain('available 3.8 GiB → 98 MiB of 7.6 GiB');
  expect(textOf(own)).toContain(`; ${comm} (pid ${pid}) grew from 512 KiB to 2 MiB`);
  const others = { ...own, processes: own.processes.slice(0, 1) };
  expect(textOf(others)).toContain('; postgres (pid 70) grew from');
  expect(textOf({ ...own, processes: [] })).not.toContain('grew');
});

it('no other death cites it', () => {
  const killed = killedBy(aSignal());
  const { evidence } = judge(aCase(killed, story('own-story', 0, pid))).answer;
  expect(evidence.map(({ kind }) => kind)).not.toContain('memory-story');
});
