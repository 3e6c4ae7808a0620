import { expect, test } from 'vitest';
import { eventOf } from './tell-webhooks.ts';

test.each([
  [undefined, 'open', 'incident.created'],
  [undefined, 'acknowledged', 'incident.created'],
  [undefined, 'snoozed', null],
  [undefined, 'resolved', null],
  [undefined, 'withdrawn', null],
  ['open', 'open', 'incident.updated'],
  ['open', 'resolved', 'incident.resolved'],
  ['resolved', 'resolved', 'incident.updated'],
  ['resolved', 'open', 'incident.updated'],
  ['open', 'withdrawn', 'incident.withdrawn'],
  ['withdrawn', 'withdrawn', null],
])('who heard last that it is %s, and now %s, hears %s', (before, status, event) => {
  const told = before === undefined ? undefined : { revision: 1, status: before };
  expect(eventOf(told, status)).toBe(event);
});
