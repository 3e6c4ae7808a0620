import type { IncidentDetail, IncidentPage } from '@coroner/schema/http/incidents';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeathFacts, killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;
beforeAll(async () => {
  world = await startStoredApi();
});
afterAll(() => world?.stop());

const at = (second: number): string => new Date(Date.UTC(2026, 7, 1, 3, 0, second)).toISOString();
const store = (facts: DeathFacts) => world.store(facts.host ?? '', [killed(facts)]);
const incidents = async () =>
  (await world.get<IncidentPage>('/v1/incidents')).body.items.filter(
    (incident) => incident.firstAt >= '2026-08',
  );

test('two incidents that turn out to be one are merged, with their deaths, and stay found', async () => {
  await store({ host: 'a', pid: 1, at: at(0), killer: { startUs: 77 } });
  await store({ host: 'b', pid: 2, at: at(10), killer: { startUs: 78, cmdline: ['pkill', 'j'] } });
  const [second, first] = await incidents();
  expect([first?.deaths, second?.deaths]).toEqual([1, 1]);
  await world.pool.query('update incidents set published_at = now() where id = $1', [second?.id]);

  await store({ host: 'a', pid: 3, at: at(20), killer: { startUs: 77, cmdline: ['pkill', 'j'] } });
  const left = await incidents();
  expect(left).toMatchObject([{ id: first?.id, deaths: 3, hosts: ['a', 'b'] }]);
  const detail = await world.get<IncidentDetail>(`/v1/incidents/${second?.id}`);
  expect(detail.body).toMatchObject({ id: first?.id, blastRadius: { hosts: ['a', 'b'] } });
  expect(detail.body.members.map(({ pid }) => pid)).toEqual([1, 2, 3]);

  const { rows } = await world.pool.query(
    'select title, merged_into from incidents where id = $1',
    [second?.id],
  );
  expect(rows[0]).toMatchObject({ merged_into: first?.id });
  expect(rows[0].title).toContain('part of: 3 processes were killed');

  // What belongs to the merged one goes on into the survivor.
  await store({ host: 'c', pid: 4, at: at(30), killer: { startUs: 79, cmdline: ['pkill', 'j'] } });
  expect(await incidents()).toMatchObject([{ id: first?.id, deaths: 4, hosts: ['a', 'b', 'c'] }]);
});
