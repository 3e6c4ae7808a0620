import { expect, test } from 'vitest';
import type { Hole, Spell } from '../../store/hosts/watched-spells.ts';
import { sharesOf, type Watching, watchedTime } from './watched.ts';

const spell = (sinceMs: number, untilMs: number | null, sees = true): Spell => ({
  ...{ host: 'web-1', sinceMs, untilMs, sees },
});
const hole = (sinceMs: number, untilMs: number): Hole => ({ host: 'web-1', sinceMs, untilMs });
/** From 1000 to 2000, or from 0 to 1000. */
const now = (spells: Spell[], holes: Hole[] = []): Watching => ({
  ...{ sinceMs: 1000, untilMs: 2000, spells, holes },
});
const before = (spells: Spell[], holes: Hole[] = []): Watching => ({
  ...{ sinceMs: 0, untilMs: 1000, spells, holes },
});

test.each([
  ['an agent that is still heard', [spell(-500, null)], [], [], [], 1, 0],
  ['one that came in the earlier period', [spell(250, null)], [spell(250, null)], [], [], 1, 0.75],
  ['one that fell silent', [spell(-9, 1200)], [spell(-9, 1200)], [], [], 0.2, 1],
  [
    'what was lost, told twice',
    [spell(0, null)],
    [],
    [hole(900, 1100), hole(1050, 1300)],
    [],
    0.7,
    0,
  ],
  ['a hole that no agent was in anyway', [spell(1500, null)], [], [hole(1000, 1500)], [], 0.5, 0],
  ['logs alone, and then the kernel', [spell(1000, null)], [spell(0, 1000, false)], [], [], 1, 0],
  ['logs alone in both', [spell(0, null, false)], [spell(0, null, false)], [], [], 1, 1],
  [
    'a probe that went',
    [spell(0, 1500), spell(1500, null, false)],
    [spell(0, 1500)],
    [],
    [],
    0.5,
    1,
  ],
])('%s', (_what, later, earlier, lostLater, lostEarlier, shareNow, shareBefore) => {
  const [shares] = sharesOf(now(later, lostLater), before(earlier, lostEarlier));
  expect(shares).toEqual({ host: 'web-1', now: shareNow, before: shareBefore });
});

test('hosts on which something died and nobody watched count as well', () => {
  const shares = [
    { host: 'a', now: 1, before: 0 },
    { host: 'b', now: 0.995, before: 1 },
  ];
  expect(watchedTime(shares, 'now', 2)).toEqual({ share: 1.995 / 4, hosts: 4, throughout: 2 });
  expect(watchedTime(shares, 'before', 0)).toEqual({ share: 0.5, hosts: 2, throughout: 1 });
  expect(watchedTime([], 'now', 0)).toEqual({ share: 0, hosts: 0, throughout: 0 });
});
