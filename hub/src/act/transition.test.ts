import type { IncidentState } from '@coroner/schema/http/actions';
import { expect, test } from 'vitest';
import { transition } from './transition.ts';

const untouched: IncidentState = { status: 'open', action: null };
const acknowledged: IncidentState = {
  status: 'acknowledged',
  action: {
    ...{ id: 'a-1', kind: 'acknowledge', status: 'acknowledged', note: null, until: null },
    ...{ by: { name: 'alice', slackUser: 'UALICE', token: 'bot' }, at: '2026-11-23T03:14:07Z' },
  },
};

test('an incident is taken, put off, and closed', () => {
  expect(transition(untouched, 'acknowledge')).toEqual({ status: 'acknowledged' });
  expect(transition(acknowledged, 'snooze')).toEqual({ status: 'snoozed' });
  expect(transition(acknowledged, 'resolve')).toEqual({ status: 'resolved' });
  expect(transition(acknowledged, 'reopen')).toEqual({ status: 'open' });
});

test('a note changes nothing', () => {
  expect(transition(acknowledged, 'note')).toEqual({ status: 'acknowledged' });
});

test('who comes second hears who was first, and when', () => {
  expect(transition(acknowledged, 'acknowledge')).toEqual({
    refused: 'it is acknowledged already, by alice at 2026-11-23 03:14 UTC: nothing is to be done',
  });
});

test('what is closed is opened before anything else', () => {
  const resolved: IncidentState = { ...acknowledged, status: 'resolved' };
  expect(transition(resolved, 'snooze')).toMatchObject({
    refused: expect.stringContaining('reopen it first'),
  });
  expect(transition(untouched, 'reopen')).toHaveProperty('refused');
});
