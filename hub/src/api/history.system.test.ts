import type { DeathPage } from '@coroner/schema/http/pages';
import type { SearchResult } from '@coroner/schema/http/search';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { killed } from '../testing/deaths.ts';
import { type StoredApi, startStoredApi } from '../testing/stored-api.ts';

let world: StoredApi;

const at = (hour: number): string =>
  new Date(Date.UTC(2026, 7, 1) + hour * 3_600_000).toISOString();
const exited = { exit: { code: 1, signal: null, coreDumped: false }, signals: [], exitGroup: true };
const web3 = (pid: number, hour: number, more = {}) =>
  killed({ host: 'web-3', pid, at: at(hour), ...more });
const last = web3(3, 3);

beforeAll(async () => {
  world = await startStoredApi();
  await world.store('web-3', [
    ...[web3(1, 1), web3(2, 2, { more: exited }), last, web3(4, 4)],
    // Of one incident with `last`: the same happening.
    web3(7, 3 - 1 / 3_600),
    ...[web3(5, 1, { comm: 'java' })],
  ]);
  await world.store('web-4', [killed({ host: 'web-4', pid: 6, at: at(2) })]);
});
afterAll(() => world?.stop());

describe('has this happened before?', () => {
  const pids = async (query: string): Promise<number[]> => {
    const { body } = await world.get<DeathPage>(`/v1/deaths/${last.id}/before${query}`);
    return body.items.map(({ pid }) => pid).sort();
  };

  test('tells earlier deaths of the same program, here, anywhere, or of the same cause', async () => {
    expect(await pids('')).toEqual([1, 2, 6]);
    expect(await pids('?host=web-3')).toEqual([1, 2]);
    expect(await pids('?host=web-3&alike=true')).toEqual([1]);
  });

  test('has each once over all pages', async () => {
    const items = await world.pages<{ pid: number }>(`/v1/deaths/${last.id}/before`, 1);
    expect(items.map(({ pid }) => pid).sort()).toEqual([1, 2, 6]);
  });

  test('of a death that nobody knows is not found', async () => {
    expect(await world.get('/v1/deaths/nobody/before')).toMatchObject({ status: 404 });
  });
});

describe('search', () => {
  const found = async (word: string) => {
    const { body } = await world.get<SearchResult>(`/v1/search?q=${encodeURIComponent(word)}`);
    return body;
  };

  test('takes a word for a program, exactly or loosely, and for a user', async () => {
    expect((await found('nginx')).deaths).toHaveLength(6);
    expect((await found('jav')).deaths).toMatchObject([{ comm: 'java' }]);
    const { deaths, incidents } = await found('alice');
    expect(deaths).toHaveLength(6);
    expect(incidents.length).toBeGreaterThan(0);
  });

  test('takes an id, and finds nothing for what there is not', async () => {
    expect((await found(last.id)).deaths).toMatchObject([{ id: last.id }]);
    expect(await found('nowhere')).toEqual({ hosts: [], deaths: [], incidents: [], logins: [] });
  });
});
