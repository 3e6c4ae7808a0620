import { expect, test } from 'vitest';
import type { HostWatch } from '../../store/hosts/host-watch.ts';
import { gapsAround } from './gaps.ts';

const diedAt = '2026-08-01T03:00:00.000000Z';
const watched = (watchedSince: string, heartbeatAt = '2026-08-02T00:00:00Z'): HostWatch => ({
  heartbeatAt,
  lastSeenAt: heartbeatAt,
  watchedSince,
  sources: [],
});
const before = watched('2026-07-01T00:00:00Z');
const later = watched('2026-08-01T12:00:00Z');

test.each<[string, boolean, HostWatch | undefined, RegExp[]]>([
  ['a death that an agent saw', false, before, []],
  [
    'one from before the first heartbeat',
    true,
    later,
    [/^no agent watched web-3 before 2026-08-01T12/],
  ],
  ['one of a host without an agent', true, undefined, [/^nobody watched web-3 then/]],
  ['one that was read when the agent came back', true, before, [/^nobody watched web-3 then/]],
])('%s', (_what, backfilled, watch, expected) => {
  const past = { backfilled, recorded: false, happenedMs: null };
  const gaps = gapsAround({ host: 'web-3', diedAt, ...past, watch, clock: undefined }, []);
  expect(gaps).toHaveLength(expected.length);
  for (const [index, pattern] of expected.entries()) expect(gaps[index]).toMatch(pattern);
});

test.each([
  ['ahead', 3],
  ['behind', -5],
])('a clock that was set is no silence, and is told as it was then: %s', (word, hours) => {
  const happenedMs = Date.parse(diedAt);
  const diedThere = new Date(happenedMs + hours * 3_600_000).toISOString();
  const watch = watched('2026-08-01T02:59:00Z', '2026-08-01T02:59:50Z');
  // Set right again by now.
  const clock = { bootedMs: 0, offsetMs: 0, errorMs: 50 };
  const seen = { backfilled: false, recorded: true, happenedMs, watch, clock };
  expect(gapsAround({ host: 'web-3', diedAt: diedThere, ...seen }, [])).toEqual([
    `the clock of web-3 is ${Math.abs(hours)} h ${word}: the times here are its own`,
  ]);
});
