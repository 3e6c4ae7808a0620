import type { DeathEvent } from '@coroner/schema/event/death';
import type { Process } from '@coroner/schema/process';
import { expect, it } from 'vitest';
import { identifier } from './identifier.ts';

const names = new Map([
  [0, 'root'],
  [1000, 'alice'],
]);
const identify = identifier((uid) => names.get(uid) ?? null);

function identified(victim: Partial<Process>): Process {
  const event: Omit<DeathEvent, 'id'> = {
    kind: 'death',
    source: 'probe',
    at: null,
    victim: { pid: 7, comm: 'nginx', ancestry: [], ...victim },
    exit: { code: 0, signal: null, coreDumped: false },
    signals: [],
    signalsLost: 0,
    oomMarked: false,
  };
  const result = identify(event);
  if (result.kind !== 'death') throw new Error('another kind came back');
  return result.victim;
}

it('names the user, who logged in, and the unit', () => {
  expect(identified({ uid: 0, auid: 1000, cgroup: '/system.slice/nginx.service' })).toMatchObject({
    user: 'root',
    auditUser: 'alice',
    unit: 'nginx.service',
  });
});

it("does not take a container's uid for a user of the host", () => {
  const cgroup = `/docker/${'a'.repeat(64)}`;
  expect(identified({ uid: 1000, auid: 1000, cgroup })).toMatchObject({
    user: null,
    auditUser: 'alice',
    container: 'a'.repeat(64),
  });
  expect(identified({ uid: 0, cgroup })).toMatchObject({ user: 'root' });
});

it('leaves unknown what it does not know', () => {
  expect(identified({ uid: 4242, cgroup: null })).toMatchObject({ user: null, unit: null });
});
