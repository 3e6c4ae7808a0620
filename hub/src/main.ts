import { type Logger, pino } from 'pino';
import { buildApi } from './api/build-api.ts';
import { type Config, parseConfig } from './config.ts';
import { startIngest } from './ingest/ingest.ts';
import { connectForEver } from './ingest/stream/connection.ts';
import { createPool } from './store/database.ts';
import { migrateInTheEnd } from './store/migrate.ts';

export interface Hub {
  /** `http://127.0.0.1:7380`. */
  address: string;
  stop(): Promise<void>;
}

/** Starts all layers; waits for Postgres and NATS for as long as they take. */
export async function startHub(config: Config, log: Logger): Promise<Hub> {
  const pool = createPool(config.databaseUrl, `coroner-hub ${config.instance}`, (error) =>
    log.warn({ reason: error.message }, 'a database connection broke'),
  );
  await migrateInTheEnd(pool, log);
  const api = await buildApi({ pool, token: config.apiToken, log });
  const address = await api.listen({ host: config.listen, port: config.apiPort });
  const connection = await connectForEver(config.natsUrl, `coroner-hub ${config.instance}`);
  const ingest = startIngest({ connection, pool, log, onBatch: () => {} });
  await ingest.ready;
  log.info({ address }, 'ready');
  return {
    address,
    async stop() {
      await api.close();
      await ingest.stop();
      await connection.drain();
      await pool.end();
    },
  };
}

/** The process: starts, and stops on SIGTERM and SIGINT. */
export async function run(): Promise<void> {
  const config = parseConfig(process.env);
  const log = pino({ level: config.logLevel, base: { part: 'hub' } }, pino.destination(2));
  const hub = await startHub(config, log);
  const stop = async () => {
    await hub.stop();
    log.info('stopped');
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}
