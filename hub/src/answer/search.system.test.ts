import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Pool } from '../store/database.ts';
import { rowsRead } from '../testing/rows-read.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';
import { search } from './search.ts';

let world: StoredApi;
const history = 20_000;

/** A death, an incident and a login a minute, of one user and one program; the oldest of each is another's. */
beforeAll(async () => {
  world = await startStoredApi();
  const at = 'now() - make_interval(mins => n)';
  const named = (usual: string, oldest: string) =>
    `case when n = ${history} then '${oldest}' else '${usual}' end`;
  await world.pool.query(`
    insert into incidents (id, title, cause, first_at, last_at, deaths, hosts, death_id)
    select 'i' || n, 'title', 'crash', ${at}, ${at}, 1, array['web-1'], 'd' || n
    from generate_series(1, ${history}) n;
    insert into deaths (id, host, boot_id, pid, comm, user_name, actor_user, died_at, cause,
      confidence, summary, incident_id, answer)
    select 'd' || n, 'web-1', 'b', n, ${named('nginx', 'rare')}, ${named('www-data', 'zoe')},
      ${named('alice', 'bob')}, ${at}, 'crash', 'proven', '', 'i' || n, jsonb_build_object('death', jsonb_build_object('id', 'd' || n))
    from generate_series(1, ${history}) n;
    insert into events (id, host, boot_id, kind, source, at, received_at, body)
    select 'l' || n, 'web-' || n, 'b', 'login', 'wtmp', ${at}, ${at}, jsonb_build_object(
      'user', ${named('alice', 'zoe')}, 'auditUser', ${named('alice', 'bob')}, 'pid', n)
    from generate_series(1, ${history}) n;
    insert into process_names values ('nginx'), ('rare');
    analyze;`);
});
afterAll(() => world?.stop());

/** What a search finds, and how many rows its statements read for it. */
async function searched(word: string) {
  const client = await world.pool.connect();
  // One after the other: a connection takes one statement at a time.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = {
    query: (...statement: unknown[]) => {
      last = last.then(() => Reflect.apply(client.query, client, statement));
      return last;
    },
  } as unknown as Pool;
  try {
    await client.query('begin');
    const before = await rowsRead(client);
    const found = await search(inTurn, word, 20);
    const read = (await rowsRead(client)) - before;
    await client.query('rollback');
    return { found, read };
  } finally {
    client.release();
  }
}

test.each(['zoe', 'bob'])(
  'finds all of %s, a user whom history has once, without reading it',
  async (user) => {
    const { found, read } = await searched(user);
    expect(found.deaths).toHaveLength(1);
    expect(found.incidents).toMatchObject([{ id: `i${history}` }]);
    expect(found.logins).toHaveLength(1);
    expect(read).toBeLessThan(100);
  },
);

test('finds a program that died once, and nothing for nobody, without reading history', async () => {
  const { found, read } = await searched('rare');
  expect(found.deaths).toHaveLength(1);
  expect(found.incidents).toMatchObject([{ id: `i${history}` }]);
  expect(read).toBeLessThan(100);
  expect((await searched('nobody')).read).toBeLessThan(100);
});

test('finds the newest of a user and a program that are everywhere', async () => {
  for (const word of ['alice', 'nginx']) {
    const { found, read } = await searched(word);
    expect(found.deaths).toHaveLength(20);
    expect(found.incidents.map(({ id }) => id).slice(0, 2)).toEqual(['i1', 'i2']);
    expect(read).toBeLessThan(history);
  }
});
