import type pg from 'pg';
import { createPool, type Pool } from '../store/database.ts';
import { startAgent, type TestAgent } from './agent.ts';
import { startNats, type TestNats } from './servers/nats.ts';
import { startPostgres, type TestPostgres } from './servers/postgres.ts';

/** What a suite of the hub needs: real servers, a fresh database, and somebody who publishes. */
export interface World {
  postgres: TestPostgres;
  nats: TestNats;
  databaseUrl: string;
  pool: Pool;
  agent: TestAgent;
  /** Rows of a query. */
  rows<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** The first column of the first row, a number. */
  count(text: string, values?: unknown[]): Promise<number>;
  stop(): Promise<void>;
}

/** Servers of its own where a test needs them elsewhere; they end with the world. */
export async function startWorld({
  natsServer = () => startNats(),
  postgresServer = () => startPostgres(),
}: {
  natsServer?: () => Promise<TestNats>;
  postgresServer?: () => Promise<TestPostgres>;
} = {}): Promise<World> {
  const nats = await natsServer();
  const postgres = await postgresServer().catch(async (error: unknown) => {
    await nats.stop();
    throw error;
  });
  const databaseUrl = await postgres.createDatabase();
  const pool = createPool(databaseUrl, 'test', () => {
    // Suites that crash the server expect their idle connections to break.
  });
  const agent = await startAgent(nats.url);
  const rows: World['rows'] = async (text, values = []) => (await pool.query(text, values)).rows;
  return {
    postgres,
    nats,
    databaseUrl,
    pool,
    agent,
    rows,
    async count(text, values = []) {
      const [row] = await rows<Record<string, number>>(text, values);
      return Number(Object.values(row ?? {})[0]);
    },
    async stop() {
      await agent.stop();
      await pool.end();
      await Promise.all([nats.stop(), postgres.stop()]);
    },
  };
}
