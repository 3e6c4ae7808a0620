import { expect, it } from 'vitest';
import { fleetAt } from './fleet.ts';

const owner = (host: string, since: string, seenAt: string) => ({
  address: '10.0.0.4',
  host,
  since,
  seenAt,
});
const hostAt = (at: string, ...owners: ReturnType<typeof owner>[]) =>
  fleetAt(owners, at).hostOf('10.0.0.4', null, null)?.name ?? null;

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

it('names who opened the connection there, and nobody by a port that was used again', () => {
  const web1 = owner('web-1', '2026-08-01T00:00:00Z', '2026-08-03T00:00:00Z');
  const client = {
    ...{ kind: 'ssh-client' as const, id: 'an-ssh-client', source: 'proc' as const },
    ...{ host: 'web-1', pid: 7, user: 'bob', tty: 'pts/1', from: '192.168.0.7' },
    ...{ to: '10.0.0.9', toPort: 22, port: 50_022, at: '2026-08-02T00:00:00Z' },
  };
  const at = '2026-08-02T12:00:00Z';
  const host = (port: number, since: string) =>
    fleetAt([web1], at, [client]).hostOf('10.0.0.4', port, since)?.user ?? null;
  expect(host(50_022, '2026-08-02T00:00:03Z')).toBe('bob');
  expect(host(50_023, '2026-08-02T00:00:03Z')).toBeNull();
  expect(host(50_022, '2026-08-02T11:00:00Z')).toBeNull();
});
