import type { Event } from '@coroner/schema/event/event';
import type { Answer } from '@coroner/schema/http/answer';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killed } from '../../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../../testing/stored-api.ts';

let world: StoredApi;
beforeAll(async () => {
  world = await startStoredApi();
});
afterAll(() => world?.stop());

const at = (seconds: number): string =>
  new Date(Date.UTC(2026, 7, 1, 3) + seconds * 1000).toISOString();
const why = async (query: string): Promise<Answer> =>
  (await world.get<Answer>(`/v1/why?${query}`)).body;

const fromSession = {
  ...{ auditUser: 'alice', auditSession: 7 },
  ancestry: [
    { pid: 900, comm: 'bash' },
    { pid: 880, comm: 'sshd' },
  ],
};

test('a typed command that is told late stands beside the death that it came half a minute before', async () => {
  await world.store('typed', [killed({ host: 'typed', pid: 31, comm: 'nginx', at: at(25) })]);
  await world.store('typed', [
    {
      ...{ kind: 'shell-command', id: 'typed-command', source: 'shell-history', at: at(0) },
      ...{ user: 'alice', command: 'sudo pkill nginx' },
    },
  ]);
  const { evidence, revision } = await why('pid=31&host=typed');
  expect(revision).toBe(2);
  expect(evidence.map(({ eventId }) => eventId)).toContain('typed-command');
});

test('a late login is put behind what was done in it, whatever else ended on the host since', async () => {
  const own = { exit: { code: 1, signal: null, coreDumped: false }, signals: [] };
  await world.store('busy', [killed({ host: 'busy', pid: 7, at: at(10), killer: fromSession })]);
  await world.store(
    'busy',
    Array.from({ length: 250 }, (_, index) =>
      killed({ host: 'busy', pid: 100 + index, comm: 'job', at: at(20 + index), more: own }),
    ),
  );
  expect((await why('pid=7&host=busy')).actor?.origin).toMatchObject({ from: null });
  const login: Event = {
    ...{ kind: 'login', id: 'late-login', source: 'wtmp', at: at(-60) },
    ...{ user: 'alice', from: '10.0.0.5', tty: 'pts/2', pid: 880 },
  };
  await world.store('busy', [login]);
  expect((await why('pid=7&host=busy')).actor?.origin).toMatchObject({ from: '10.0.0.5' });
});

test('who opened the connection on the other host is told when that host reports late', async () => {
  await world.pool.query(
    `insert into host_addresses (address, host, since, seen_at)
     values ('10.0.0.4', 'jump', $1, $2)`,
    [at(-600), at(60)],
  );
  const killer = { ...fromSession, tty: 'pts/2', remote: '10.0.0.4', remotePort: 50_022 };
  await world.store('target', [
    {
      ...{ kind: 'login', id: 'login-on-target', source: 'wtmp', at: at(-30) },
      ...{ user: 'alice', tty: 'pts/2', from: '10.0.0.4', pid: 880, session: 7 },
    },
    killed({ host: 'target', pid: 9, at: at(0), killer }),
  ]);
  const before = await why('pid=9&host=target');
  expect(before.actor?.origin).toMatchObject({ fromHost: { name: 'jump', user: null } });
  await world.store('jump', [
    {
      ...{ kind: 'ssh-client', id: 'client-on-jump', source: 'proc', at: at(-31) },
      ...{ pid: 77, user: 'bob', tty: 'pts/1', from: '192.168.0.7' },
      ...{ to: '10.0.0.9', toPort: 22, port: 50_022 },
    },
  ]);
  const after = await why('pid=9&host=target');
  expect(after.revision).toBe(2);
  expect(after.actor?.origin).toMatchObject({ fromHost: { name: 'jump', user: 'bob' } });
});
