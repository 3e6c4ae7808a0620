import { expect, test } from 'vitest';
import { readBy } from './promql.ts';

test('an expression is read with its metrics, labels and groups', () => {
  const expression =
    'histogram_quantile(0.9, sum by (le, route) (rate(a_bucket{b="x", c=~"y{z}"}[5m]))) > 2 * max(d offset 1d)';
  expect(readBy(expression)).toEqual({
    selected: [
      { metric: 'a_bucket', labels: ['b', 'c'] },
      { metric: 'd', labels: [] },
    ],
    grouped: ['le', 'route'],
  });
});

test('what is no expression is refused', () => {
  expect(() => readBy('sum(rate(a[5m])')).toThrow('no PromQL');
});
