import { expect, test } from 'vitest';
import { type CreateOptions, tokenOf } from './options.ts';

const now = new Date();
const usual: CreateOptions = { scope: 'read', for: '90d' };

test('a token that ends, and one that never does', () => {
  expect(tokenOf('grafana', usual, now)).toEqual({
    name: 'grafana',
    scope: 'read',
    expiresAt: new Date(now.getTime() + 90 * 86_400_000).toISOString(),
  });
  expect(tokenOf('bot', { scope: 'act', for: 'never' }, now).expiresAt).toBeNull();
});

test.each<[string, string, CreateOptions]>([
  ['NAME', '', usual],
  ['--scope', 'x', { ...usual, scope: 'root' }],
  ['--for "soon" is no span', 'x', { ...usual, for: 'soon' }],
])('%s', (message, name, options) => {
  expect(() => tokenOf(name, options, now)).toThrow(message);
});
