import { expect, test } from 'vitest';
import { webhookOf } from './new-webhook.ts';

const url = 'https://ops.example.com/coroner';

test('is what was typed, as the hub takes it', () => {
  expect(webhookOf('ops', url, {})).toEqual({ name: 'ops', url, match: {} });
  const typed = { hosts: 'web-*, db-1', severity: 'warning', events: 'created,incident.resolved' };
  expect(webhookOf('ops', url, typed)).toEqual({
    ...{ name: 'ops', url, match: { hosts: ['web-*', 'db-1'], minSeverity: 'warning' } },
    events: ['incident.created', 'incident.resolved'],
  });
});

test.each([
  ['', url, {}, '<NAME>'],
  ['ops', 'ops.example.com', {}, '<URL>: is no address'],
  ['ops', 'ftp://ops.example.com', {}, '<URL>: must begin with https'],
  ['ops', url, { severity: 'high' }, '--severity'],
  ['ops', url, { causes: 'bad-luck' }, '--causes'],
  ['ops', url, { events: 'died' }, '--events'],
])('what is wrong is named: %j %j %j', (name, address, options, named) => {
  expect(() => webhookOf(name, address, options)).toThrow(named);
});
