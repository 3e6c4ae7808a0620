import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { expect, it } from 'vitest';
import type { Source } from '../source.ts';
import { examine, healthOf } from './examine.ts';

type State = SourceStatus['state'];

function aSource(name: string, state: State, facts: Partial<Source> = {}): Source {
  return {
    name,
    status: () => ({ source: name, state, why: 'so' }),
    start: async () => ({ stop: async () => undefined }),
    ...facts,
  };
}

it.each<[State, State, number]>([
  ['available', 'available', 0],
  ['available', 'missing', 1],
  ['degraded', 'available', 1],
  ['missing', 'available', 2],
])('probe %s, kernel log %s: exit status %i', async (probe, kmsg, health) => {
  const statuses = await examine([
    aSource('probe', probe),
    aSource('proc', 'degraded', { insteadOf: ['probe'] }),
    aSource('kmsg', kmsg),
  ]);
  expect(healthOf(statuses)).toBe(health);
  expect(statuses[1]?.state).toBe(probe === 'missing' ? 'degraded' : 'off');
});

it('does not believe a probe that does not load', async () => {
  const start = () => Promise.reject(new Error('the verifier said no'));
  const statuses = await examine([aSource('probe', 'available', { start })]);
  expect(statuses).toMatchObject([{ state: 'missing', why: 'the verifier said no' }]);
  expect(healthOf(statuses)).toBe(2);
});

it('can name killers by the fallback alone', async () => {
  const statuses = await examine([
    aSource('probe', 'off'),
    aSource('tracefs', 'degraded', { insteadOf: ['probe'] }),
    aSource('proc', 'degraded', { insteadOf: ['probe', 'tracefs'] }),
  ]);
  expect(statuses.map(({ state }) => state)).toEqual(['off', 'degraded', 'off']);
  expect(healthOf(statuses)).toBe(1);
});
