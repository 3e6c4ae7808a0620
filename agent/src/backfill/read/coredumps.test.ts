import { expect, it } from 'vitest';
import { coreOf } from './coredumps.ts';

const boot = 'a'.repeat(32);
const none = () => null;

it.each([
  ['core.nginx.33.BOOT.4121.1764000000123456.zst', 'nginx', 33, 4121, '2025-11-24T16:00:00.123Z'],
  ['core.a\\x2eout.0.BOOT.7.1764000000123456', 'a.out', 0, 7, '2025-11-24T16:00:00.123Z'],
  ['core.my.app.0.BOOT.7.1764000000.lz4', 'my.app', 0, 7, '2025-11-24T16:00:00.000Z'],
])('%s', (name, comm, uid, pid, at) => {
  expect(coreOf(name.replace('BOOT', boot), none)).toMatchObject({ comm, uid, pid, at });
});

it('takes the signal from the attributes, and nothing from other files', () => {
  const attributes: Record<string, string> = {
    signal: '11',
    comm: 'nginx',
    exe: '/usr/sbin/nginx',
  };
  const core = coreOf(
    `core.nginx.33.${boot}.4121.1764000000123456`,
    (name) => attributes[name] ?? null,
  );
  expect(core).toMatchObject({ signal: 'SIGSEGV', exe: '/usr/sbin/nginx' });
  expect(coreOf('core.nginx.33', none)).toBeNull();
  expect(coreOf('core', none)).toBeNull();
});
