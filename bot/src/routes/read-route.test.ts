import { AlertRoute } from '@coroner/schema/http/alert-routes';
import { expect, test } from 'vitest';
import { readRoute, type TypedRoute, typedOf } from './read-route.ts';

const enough = { name: 'web', channel: 'CWEB' };

test.each<[string, TypedRoute, object]>([
  ['the least', enough, { ...enough, match: {}, mentions: [], order: 100, continue: false }],
  [
    'lists',
    { ...enough, hosts: 'web-*, db-1', labels: 'role=web', mentions: 'UALICE,SONCALL' },
    { match: { hosts: ['web-*', 'db-1'], labels: ['role=web'] }, mentions: ['UALICE', 'SONCALL'] },
  ],
  ['a severity', { ...enough, severity: 'critical' }, { match: { minSeverity: 'critical' } }],
  [
    'hours of the typist’s zone',
    { ...enough, quiet: '22:00 – 8:00' },
    { quietHours: { timeZone: 'Europe/Berlin', from: '22:00', to: '08:00' } },
  ],
  [
    'hours, days and a zone',
    { ...enough, quiet: '22:00-08:00 sat-mon UTC' },
    { quietHours: { timeZone: 'UTC', days: ['mon', 'sat', 'sun'] } },
  ],
  [
    'a list of days',
    { ...enough, quiet: '0:00-0:00 sat,sun' },
    { quietHours: { days: ['sat', 'sun'] } },
  ],
  ['a threshold', { ...enough, threshold: '5 in 10m' }, { threshold: { deaths: 5, seconds: 600 } }],
  ['an order', { ...enough, order: '7', continue: true }, { order: 7, continue: true }],
])('%s', (_, typed, route) => {
  expect(readRoute(typed, 'Europe/Berlin')).toMatchObject({ route });
});

test.each<[keyof TypedRoute, string, TypedRoute]>([
  ['name', 'is needed', { channel: 'CWEB' }],
  ['channel', 'is needed', { name: 'web' }],
  ['channel', 'is no id of a Slack channel', { name: 'web', channel: '#web' }],
  ['causes', 'Invalid option', { ...enough, causes: 'bad-luck' }],
  ['labels', 'must be NAME=VALUE', { ...enough, labels: 'web' }],
  ['mentions', 'is no id of a Slack user', { ...enough, mentions: '@alice' }],
  ['quiet', '"22" is no span of hours: try 22:00-08:00', { ...enough, quiet: '22' }],
  ['quiet', '"Mars" is neither days nor a time zone', { ...enough, quiet: '22:00-08:00 Mars' }],
  ['quiet', 'must be HH:MM', { ...enough, quiet: '25:00-08:00' }],
  ['threshold', 'is no threshold: try 5 in 10m', { ...enough, threshold: 'many' }],
  ['severity', 'Invalid option', { ...enough, severity: 'high' }],
  ['order', 'Invalid input', { ...enough, order: 'first' }],
])('a wrong %s says so: %s', (field, message, typed) => {
  const read = readRoute(typed, 'UTC');
  expect(read).toMatchObject({ wrong: { field, message: expect.stringContaining(message) } });
});

test('a route is typed as it is read', () => {
  const typed = {
    ...enough,
    ...{ hosts: 'web-*, db-1', causes: 'crash', severity: 'warning', mentions: 'UALICE, SONCALL' },
    ...{ quiet: '22:00-08:00 mon,tue Europe/Berlin', threshold: '3 in 90s', order: '5' },
    continue: true,
  };
  const read = readRoute(typed, 'UTC');
  const at = '2026-11-23T00:00:00Z';
  const route = AlertRoute.parse({
    id: 'r',
    createdAt: at,
    updatedAt: at,
    ...('route' in read && read.route),
  });
  expect(typedOf(route)).toEqual(typed);
});
