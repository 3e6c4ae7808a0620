import { expect, test } from 'vitest';
import { chosenOf } from './chosen.ts';

test.each<[string, string, object]>([
  ['act:acknowledge', 'i-1', { kind: 'acknowledge', incidentId: 'i-1', seconds: null }],
  ['act:snooze', '3600:i-1', { kind: 'snooze', incidentId: 'i-1', seconds: 3600 }],
  ['act:more', 'resolve:i-1', { kind: 'resolve', incidentId: 'i-1', seconds: null }],
])('%s %s', (actionId, value, chosen) => {
  expect(chosenOf(actionId, value)).toEqual(chosen);
});

test.each<[string, string | undefined]>([
  ['act:acknowledge', undefined],
  ['act:acknowledge', ''],
  ['act:forgive', 'i-1'],
  ['act:snooze', 'i-1'],
  ['act:snooze', '-5:i-1'],
  ['act:snooze', 'NaN:i-1'],
  ['act:snooze', '3600:'],
  ['act:more', 'forgive:i-1'],
])('nothing is done for %s with %j', (actionId, value) => {
  expect(chosenOf(actionId, value)).toBeNull();
});
