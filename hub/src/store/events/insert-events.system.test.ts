import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../../testing/servers/postgres.ts';
import { createPool, inTransaction, type Pool } from '../database.ts';
import type { EventRow } from './event-row.ts';
import { insertEvents } from './insert-events.ts';

let postgres: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await startPostgres();
  pool = createPool(await postgres.createDatabase(), 'test', () => {});
});
beforeEach(() => pool.query('truncate events'));
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

/** What the text format of COPY means something by, and what it does not. */
const hostile = [
  '\\N',
  '\\.',
  '\\',
  'a\tb',
  'a\nb',
  'a\r\nb\\nc',
  '"\'{},',
  'ü 名 🙂',
  '\u2028\u0001\u007f',
  '',
  null,
];

const eventRow = (number: number, text: string | null): EventRow => ({
  id: `id-${String(number).padStart(4, '0')}-${text ?? ''}`,
  host: `host ${text ?? ''}`,
  boot_id: 'boot-1',
  kind: 'shell-command',
  source: 'shell-history',
  at: '2026-11-29T03:12:07.123456Z',
  pid: text === null ? null : number,
  comm: text,
  body: {
    ...{ kind: 'shell-command', source: 'shell-history', id: `id-${number}` },
    ...{ at: '2026-11-29T03:12:07.123456Z', user: 'alice', command: text ?? '' },
  },
  received_at: '2026-11-29T03:12:08.000001Z',
});
const rowsOf = (count: number): EventRow[] =>
  Array.from({ length: count }, (_, number) =>
    eventRow(number, hostile[number % hostile.length] ?? null),
  );
const insert = (rows: readonly EventRow[]) =>
  inTransaction(pool, (transaction) => insertEvents(transaction, rows));
const stored = async (): Promise<EventRow[]> =>
  (
    await pool.query(
      'select id, host, boot_id, kind, source, at, pid, comm, body, received_at from events order by id',
    )
  ).rows;
const byId = (rows: readonly EventRow[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

test.each([3, 300])('%i events are stored as they are, whatever they say', async (count) => {
  const rows = rowsOf(count);
  expect((await insert(rows)).size).toBe(count);
  expect(byId(await stored())).toEqual(byId(rows));
});

test('of many events of which some are there, the others are stored and named', async () => {
  const rows = rowsOf(300);
  await insert(rows.slice(0, 120));
  const fresh = await insert([...rows, ...rows.slice(280)]);
  expect([...fresh].sort()).toEqual(
    rows
      .slice(120)
      .map(({ id }) => id)
      .sort(),
  );
  expect(byId(await stored())).toEqual(byId(rows));
  expect((await insert(rows)).size).toBe(0);
});

test('an event that Postgres cannot hold rejects, and none of its batch is stored', async () => {
  const [first, ...rows] = rowsOf(300);
  const impossible = { ...first, at: '2026-02-31T00:00:00Z' } as EventRow;
  await expect(insert([...rows, impossible])).rejects.toMatchObject({ code: '22008' });
  expect(await stored()).toEqual([]);
});

test('two hubs that store the same events at once store each once', async () => {
  const rows = rowsOf(300);
  const [one, other] = await Promise.all([insert(rows), insert(rows.toReversed())]);
  expect(one.size + other.size).toBe(300);
  expect(byId(await stored())).toEqual(byId(rows));
});
