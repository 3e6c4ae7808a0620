import type { EventOf } from '@coroner/schema/event/event';
import { expect, test } from 'vitest';
import { lossesInWords } from './losses.ts';

const gap = (facts: Partial<EventOf<'gap'>>): EventOf<'gap'> => ({
  kind: 'gap',
  id: 'a-gap-event',
  source: 'probe',
  at: null,
  of: 'probe',
  since: '2026-08-01T03:00:00Z',
  until: '2026-08-01T03:00:01Z',
  lost: 7,
  reason: 'the ring buffer was full',
  ...facts,
});

test('the pieces of one overflow are one gap with its span and total', () => {
  const pieces = [
    gap({}),
    gap({ since: '2026-08-01T03:00:05Z', until: '2026-08-01T03:00:09Z', lost: 3 }),
    gap({ since: '2026-08-01T03:00:01Z', until: '2026-08-01T03:00:05Z', lost: 10 }),
  ];
  expect(lossesInWords('web-3', pieces)).toEqual([
    'probe on web-3: 20 records lost, the ring buffer was full (3 times), from 2026-08-01T03:00:00Z to 2026-08-01T03:00:09Z',
  ]);
});

test('what cannot be counted makes the total a least one, and an open end stays open', () => {
  expect(lossesInWords('web-3', [gap({}), gap({ lost: null, until: null })])).toEqual([
    'probe on web-3: at least 7 records lost, the ring buffer was full (2 times), from 2026-08-01T03:00:00Z to an unknown time',
  ]);
});

test('another source or another reason is another gap', () => {
  const gaps = [gap({}), gap({ of: 'kmsg' }), gap({ reason: 'the agent was stopped', lost: null })];
  expect(lossesInWords('web-3', gaps)).toHaveLength(3);
});
