import type { Webhook } from '@coroner/schema/http/webhooks';
import { expect, test } from 'vitest';
import { changeOf, keptOf } from './change.ts';

const webhook: Webhook = {
  ...{ id: 'w1', name: 'ops', url: 'https://ops.example.com/coroner', state: 'on' },
  ...{ offBecause: null, createdAt: '2026-11-29T03:12:07Z', createdBy: 'alice' },
  ...{ earlierSecretUntil: null, waiting: 0, failed: 0 },
  match: { hosts: ['web-*', 'db-1'], minSeverity: 'warning' },
  events: ['incident.created'],
};

test.each([
  [{ name: 'pagers' }, { name: 'pagers' }],
  [{ url: 'https://b.example.com/' }, { url: 'https://b.example.com/' }],
  [
    { causes: 'crash' },
    { match: { hosts: ['web-*', 'db-1'], causes: ['crash'], minSeverity: 'warning' } },
  ],
  [{ hosts: 'db-2', severity: '' }, { match: { hosts: ['db-2'] } }],
  [{ events: 'created,incident.resolved' }, { events: ['incident.created', 'incident.resolved'] }],
  [{ events: 'all' }, { events: null }],
])('changes what was typed and keeps the rest of a match: %j', (typed, change) => {
  expect(changeOf(webhook, typed)).toEqual(change);
});

test.each([
  [{}, 'nothing is to be changed'],
  [{ name: '' }, '--name'],
  [{ url: 'ftp://b.example.com/' }, '--url: must begin with https'],
  [{ severity: 'high' }, '--severity'],
  [{ events: '' }, '--events'],
])('what is wrong is named: %j', (typed, named) => {
  expect(() => changeOf(webhook, typed)).toThrow(named);
});

test('a secret is kept for a span, or not', () => {
  expect(keptOf({ keep: '2h' })).toEqual({ keepSeconds: 7_200 });
  expect(keptOf({ keep: '0' })).toEqual({ keepSeconds: 0 });
  expect(() => keptOf({ keep: 'soon' })).toThrow('--keep');
});
