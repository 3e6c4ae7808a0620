import { expect, test } from 'vitest';
import type { HostWatch } from '../../store/hosts/host-watch.ts';
import { gapsAround } from './gaps.ts';

const diedAt = '2026-08-01T03:00:00.000000Z';
const watched = (watchedSince: string, heartbeatAt = '2026-08-02T00:00:00Z'): HostWatch => ({
  heartbeatAt,
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
  const gaps = gapsAround({ host: 'web-3', diedAt, backfilled, watch, clock: undefined }, []);
  expect(gaps).toHaveLength(expected.length);
  for (const [index, pattern] of expected.entries()) expect(gaps[index]).toMatch(pattern);
});
