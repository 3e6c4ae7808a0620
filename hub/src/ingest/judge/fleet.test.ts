import { expect, it } from 'vitest';
import { fleetAt } from './fleet.ts';

const owner = (host: string, since: string, seenAt: string) => ({
  address: '10.0.0.4',
  host,
  since,
  seenAt,
});
const hostAt = (at: string, ...owners: ReturnType<typeof owner>[]) =>
  fleetAt(owners, at).hostOf('10.0.0.4', null)?.name ?? null;

it('names the host that had the address then', () => {
  const before = owner('web-1', '2026-08-01T00:00:00Z', '2026-08-02T00:00:00Z');
  const now = owner('web-2', '2026-08-02T06:00:00Z', '2026-08-03T00:00:00Z');
  expect(hostAt('2026-08-01T12:00:00Z', before, now)).toBe('web-1');
  expect(hostAt('2026-08-02T12:00:00Z', before, now)).toBe('web-2');
  expect(hostAt('2026-08-02T03:00:00Z', before, now)).toBeNull();
});

it('names nobody when two hosts had it', () => {
  const one = owner('web-1', '2026-08-01T00:00:00Z', '2026-08-03T00:00:00Z');
  const other = owner('web-2', '2026-08-01T00:00:00Z', '2026-08-03T00:00:00Z');
  expect(hostAt('2026-08-02T00:00:00Z', one, other)).toBeNull();
});
