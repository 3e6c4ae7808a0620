import { why } from '@coroner/hub/dist/answer/why.js';
import type { Pool, Queryable } from '@coroner/hub/dist/store/database.js';
import { WhyQuery } from '@coroner/schema/http/queries';

/** What the statements of a question take alone, one after the other, prepared on one connection; ms. */
export async function replayed(pool: Pool, urls: readonly string[]): Promise<number[]> {
  const client = await pool.connect();
  const times: number[] = [];
  try {
    for (const url of urls) {
      const query = WhyQuery.parse(Object.fromEntries(new URL(url, 'http://hub').searchParams));
      const statements: unknown[][] = [];
      const run = (...statement: unknown[]): Promise<unknown> =>
        Reflect.apply(client.query, client, statement) as Promise<unknown>;
      const recording = {
        query: (...statement: unknown[]) => {
          statements.push(statement);
          return run(...statement);
        },
      } as Queryable;
      await why(recording, query);
      const began = performance.now();
      for (const statement of statements) await run(...statement);
      times.push(performance.now() - began);
    }
  } finally {
    client.release();
  }
  return times;
}
