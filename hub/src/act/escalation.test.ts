import type { IncidentStatus } from '@coroner/schema/http/actions';
import { expect, test } from 'vitest';
import { escalation } from './escalation.ts';

const grew = (status: IncidentStatus, before: [number, number], now: [number, number]) =>
  escalation({
    status,
    before: { deaths: before[0], hosts: before[1] },
    now: { deaths: now[0], hosts: now[1] },
  });

test.each<[string, IncidentStatus, [number, number], [number, number], boolean]>([
  ['a snooze holds while little happens', 'snoozed', [3, 1], [12, 1], false],
  ['many more deaths end a snooze', 'snoozed', [3, 1], [13, 1], true],
  ['a large one has to double', 'snoozed', [100, 1], [150, 1], false],
  ['and then it ends', 'snoozed', [100, 1], [200, 1], true],
  ['another host ends a snooze', 'snoozed', [3, 1], [4, 2], true],
  ['one more death opens what was resolved', 'resolved', [3, 1], [4, 1], true],
  ['evidence that comes late does not', 'resolved', [3, 1], [3, 1], false],
  ['deaths that nobody expected end an expectation', 'expected', [3, 1], [4, 1], true],
  ['who sees to it already is told nothing', 'acknowledged', [3, 1], [300, 9], false],
])('%s', (_, status, before, now, wakes) => {
  expect(grew(status, before, now) !== null).toBe(wakes);
});

test('it says what happened', () => {
  expect(grew('snoozed', [3, 1], [14, 2])).toBe(
    '11 more processes died while it was snoozed, and it came to 1 more host',
  );
  expect(grew('resolved', [3, 1], [4, 1])).toBe('1 more process died after it was resolved');
});
