import { pino } from 'pino';
import { createMetrics } from '../../metrics/metrics.ts';
import { createPool } from '../../store/database.ts';
import { buildApi } from '../build-api.ts';
import { createFeed } from '../feed.ts';

/** The OpenAPI document of this hub, without a database: nothing is asked of it. */
export async function documentOf(): Promise<object> {
  const pool = createPool('postgres://127.0.0.1:1/none', 'document', () => {});
  const api = await buildApi({
    pool,
    token: 'none',
    log: pino({ level: 'silent' }),
    metrics: createMetrics(),
    feed: createFeed(),
    troubles: async () => [],
    waitingMessages: () => 0,
    webhooks: { key: null, networks: [] },
    takeEvents: () => Promise.reject(new Error('nothing is stored here')),
  });
  try {
    await api.ready();
    return JSON.parse(JSON.stringify(api.swagger()));
  } finally {
    await api.close();
    await pool.end();
  }
}
