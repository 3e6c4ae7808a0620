import { expect, test } from 'vitest';
import { type AddOptions, ruleOf } from './options.ts';

const now = new Date();
const enough = { unit: 'nginx*', reason: 'release 42', author: 'alice', for: '2h' };

test('a rule with a span, a window and a zone', () => {
  const rule = ruleOf({ ...enough, schedule: '0 2 * * *', minutes: '30', timeZone: 'UTC' }, now);
  expect(rule).toMatchObject({
    unit: 'nginx*',
    until: new Date(now.getTime() + 7_200_000).toISOString(),
    window: { schedule: '0 2 * * *', minutes: 30, timeZone: 'UTC' },
  });
  expect(rule.id).toMatch(/^[0-9a-f-]{36}$/);
});

test.each<[string, AddOptions]>([
  ['--until TIME or --for', { unit: 'nginx*', reason: 'r' }],
  ['--until or --for, not both', { ...enough, until: '2199-01-01T00:00:00Z' }],
  ['--for "soon" is no span', { ...enough, for: 'soon' }],
  ['--for "0h" is no span', { ...enough, for: '0h' }],
  ['--reason is needed', { unit: 'nginx*', for: '2h' }],
  ['name at least one of', { host: 'web-3', reason: 'r', for: '2h' }],
  ['--cause', { ...enough, cause: 'bad-luck' }],
  ['--schedule: is no schedule', { ...enough, schedule: 'x', minutes: '5' }],
  ['--minutes', { ...enough, schedule: '0 2 * * *' }],
  ['belong to --schedule', { ...enough, minutes: '5' }],
])('%s', (message, options) => {
  expect(() => ruleOf(options, now)).toThrow(message);
});
