import { fits } from '@coroner/schema/glob';
import type { ExpectedRule } from '@coroner/schema/http/expected';
import type { StoredAnswer } from '@coroner/schema/tables/deaths';
import { expect, test } from 'vitest';
import { expectedBy } from './match.ts';

const died = '2026-08-02T01:10:00.000Z';

const rule = (facts: Partial<ExpectedRule>): ExpectedRule => ({
  id: 'r1',
  reason: 'release 42',
  author: 'alice',
  from: '2026-08-01T00:00:00Z',
  until: '2026-08-03T00:00:00Z',
  createdAt: '2026-08-01T00:00:00Z',
  removedAt: null,
  ...facts,
});

const answer = {
  verdict: { cause: 'signal-from-process' },
  death: {
    host: 'web-3',
    comm: 'nginx',
    exe: '/usr/sbin/nginx',
    cmdline: ['nginx', '-g', 'daemon off;'],
    user: 'www-data',
    unit: 'nginx.service',
  },
  actor: { user: 'root', auditUser: 'deploy' },
} as unknown as StoredAnswer;

test.each<[string, Partial<ExpectedRule>, boolean]>([
  ['unit', { unit: 'nginx.service' }, true],
  ['a glob of the unit', { unit: 'ng*.service' }, true],
  ['a part of the unit', { unit: 'nginx' }, false],
  ['all of several', { unit: 'nginx*', host: 'web-?', by: 'deploy', user: 'www-data' }, true],
  ['one that does not fit', { unit: 'nginx*', host: 'db-?' }, false],
  ['who did it is the login, not sudo', { by: 'root' }, false],
  ['command', { command: 'nginx*daemon off;' }, true],
  ['a label of its host', { unit: 'nginx*', hostLabel: 'role=web*' }, true],
  ['another label', { unit: 'nginx*', hostLabel: 'env=web*' }, false],
  ['another cause', { unit: 'nginx*', cause: 'oom-cgroup' }, false],
  ['before it begins', { unit: 'nginx*', from: '2026-08-02T01:10:01Z' }, false],
  ['at its end', { unit: 'nginx*', until: died }, false],
  ['removed before', { unit: 'nginx*', removedAt: '2026-08-02T01:00:00Z' }, false],
  ['removed after', { unit: 'nginx*', removedAt: '2026-08-02T02:00:00Z' }, true],
  [
    'in the window, by its zone',
    { unit: 'nginx*', window: { schedule: '0 3 * * *', minutes: 15, timeZone: 'Europe/Berlin' } },
    true,
  ],
  [
    'in another zone',
    { unit: 'nginx*', window: { schedule: '0 3 * * *', minutes: 15, timeZone: 'UTC' } },
    false,
  ],
  [
    'when the window is over',
    { unit: 'nginx*', window: { schedule: '0 3 * * *', minutes: 10, timeZone: 'Europe/Berlin' } },
    false,
  ],
])('%s', (_, facts, expected) => {
  const found = expectedBy([rule(facts)], answer, died, { role: 'web-frontend', env: 'prod' });
  expect(found).toEqual(
    expected ? { ruleId: 'r1', reason: 'release 42', author: 'alice', label: null } : null,
  );
});

test('a pattern takes no longer than the product of the lengths', () => {
  const started = performance.now();
  expect(fits('*a'.repeat(100), 'a'.repeat(50_000).concat('b'))).toBe(false);
  expect(performance.now() - started).toBeLessThan(10_000);
});
