import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../../testing/servers/postgres.ts';
import { createPool, inTransaction, type Pool, type Transaction } from '../database.ts';
import { listIncidents } from '../lists/list-incidents.ts';
import { loadIncidents } from './load-incidents.ts';
import { mergeIncidents } from './merge-incidents.ts';
import { toldOf } from './save-incidents.ts';

let postgres: TestPostgres;
let pool: Pool;

beforeAll(async () => {
  postgres = await startPostgres(['fsync=off']);
  pool = createPool(await postgres.createDatabase(), 'test', () => {});
});
afterAll(async () => {
  await pool?.end();
  await postgres?.stop();
});

/** Incidents of two deaths each, one every minute up to now; all share one key, as every night's cron line does. */
async function history(from: number, to: number): Promise<void> {
  const span = `generate_series(${from}, ${to}) as n`;
  const at = `now() - make_interval(mins => n)`;
  await pool.query(`
    insert into incidents (id, title, cause, first_at, last_at, deaths, hosts, death_id)
    select 'i' || n, 'title', 'crash', ${at}, ${at}, 2, array['web-1'], 'd' || n from ${span};
    insert into incident_keys (key, incident_id, first_at, last_at)
    select key, 'i' || n, ${at}, ${at} from ${span}, unnest(array['shared', 'own' || n]) as key;
    insert into deaths (id, host, boot_id, pid, comm, died_at, cause, confidence, summary, incident_id, answer)
    select prefix || n, 'web-1', 'b', n, 'nginx', ${at}, 'crash', 'proven', '', 'i' || n, '{}'
    from ${span}, unnest(array['d', 'e']) as prefix;
    analyze incidents; analyze incident_keys; analyze deaths;`);
}

interface Plan {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Index Recheck'?: number;
  Plans?: Plan[];
}

/** Rows that the scans of a plan looked at. */
function looked(plan: Plan): number {
  const below = (plan.Plans ?? []).reduce((sum, one) => sum + looked(one), 0);
  if (!/Scan$/.test(plan['Node Type'])) return below;
  const filtered = plan['Rows Removed by Filter'] ?? 0;
  const rechecked = plan['Rows Removed by Index Recheck'] ?? 0;
  return below + (plan['Actual Rows'] + filtered + rechecked) * plan['Actual Loops'];
}

/** Rows that the statements of `work` look at, which is given up afterwards. */
async function rowsOf(work: (counting: Transaction) => Promise<void>): Promise<number> {
  let rows = 0;
  await inTransaction(pool, async (transaction) => {
    const counting = {
      async query(statement: { text: string; values?: unknown[] }, given: unknown[] = []) {
        const { text, values = given } = statement;
        // Twice: for its plan in a savepoint that is given up, and for its rows.
        await transaction.query('savepoint before');
        const explained = await transaction.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({
          text: `explain (analyze, timing off, format json) ${text}`,
          values,
        });
        await transaction.query('rollback to before');
        rows += looked(explained.rows[0]?.['QUERY PLAN'][0].Plan as Plan);
        return transaction.query({ ...statement, values });
      },
    } as unknown as Transaction;
    await work(counting);
    await transaction.query('rollback');
    await transaction.query('begin');
  });
  return rows;
}

/** Rows that grouping a death reads, which belongs to two incidents of the last minutes that it joins. */
const rowsRead = () =>
  rowsOf(async (counting) => {
    const since = new Date(Date.now() - 150_000).toISOString();
    const until = new Date().toISOString();
    const keys = ['shared', 'own1', 'own2'].map((key) => ({ key, since, until }));
    const wanted = { keys, ids: [] };
    const found = await loadIncidents(counting, wanted);
    expect(found.map(({ id }) => id).sort()).toEqual(['i1', 'i2']);
    await toldOf(counting, ['i1']);
    await mergeIncidents(counting, [{ id: 'i1', into: 'i2' }]);
  });

test('grouping reads as many rows after a long history as after a short one', async () => {
  await history(1, 2_000);
  const short = await rowsRead();
  await history(2_001, 30_000);
  const long = await rowsRead();
  expect(short).toBeGreaterThan(0);
  // Another plan may count a row twice; a scan of the history would count thousands.
  expect(long).toBeLessThan(short * 2);
});

test('the few incidents of a state are found among all others without looking at these', async () => {
  await pool.query(
    `update incidents set status = 'acknowledged' where id in ('i9000', 'i20000', 'i29999')`,
  );
  await pool.query('analyze incidents');
  const rows = await rowsOf(async (counting) => {
    const filter = { state: 'acknowledged', limit: 50 } as const;
    const found = await listIncidents(counting as unknown as Pool, filter, null);
    expect(found.map(({ id }) => id)).toEqual(['i9000', 'i20000', 'i29999']);
  });
  expect(rows).toBeLessThan(20);
});
