import type { Event } from '@coroner/schema/event/event';
import { pino } from 'pino';
import type { Api } from '../api/api-types.ts';
import { type ApiOptions, buildApi } from '../api/build-api.ts';
import { createFeed } from '../api/feed.ts';
import { decode } from '../ingest/decode/decode-message.ts';
import { startLogDeaths } from '../ingest/log-deaths/look-for-deaths.ts';
import { storeSafely } from '../ingest/store-safely.ts';
import { takeEvents } from '../ingest/take-events.ts';
import { createMetrics } from '../metrics/metrics.ts';
import { servePages } from '../pages/serve-pages.ts';
import { createPool, type Pool } from '../store/database.ts';
import { batchOf } from './agent.ts';
import { startPostgres } from './servers/postgres.ts';

/** The API over a real database that a test fills; no nats-server. */
export interface StoredApi {
  api: Api;
  pool: Pool;
  /** As a batch of that host's agent. */
  store(host: string, events: readonly Event[]): Promise<void>;
  /** Looks at all lines that may be all that is known of a death, without waiting for the probe. */
  lookForLogDeaths(): Promise<void>;
  get<Body>(url: string): Promise<{ status: number; body: Body }>;
  post<Body>(url: string, payload: object): Promise<{ status: number; body: Body }>;
  /** All items of a list, page by page. */
  pages<Item>(url: string, limit: number): Promise<Item[]>;
  stop(): Promise<void>;
}

const token = 'secret-of-this-test';
const silent = pino({ level: 'silent' });

export async function startStoredApi(more: Partial<ApiOptions> = {}): Promise<StoredApi> {
  const postgres = await startPostgres();
  const pool = createPool(await postgres.createDatabase(), 'test', () => {});
  const logDeaths = startLogDeaths({ pool, log: silent, onBatch: () => {} });
  const api = await buildApi({
    pool,
    takeEvents: takeEvents({ pool, log: silent, logDeaths, onBatch: () => {} }),
    token,
    log: silent,
    metrics: createMetrics(),
    feed: createFeed(),
    troubles: async () => [],
    waitingMessages: () => 0,
    webhooks: { key: 'key-of-the-webhooks-of-this-test', networks: [] },
    pages: (app, authenticate) => servePages(app, { pool, authenticate, tls: false }),
    ...more,
  });
  const headers = { authorization: `Bearer ${token}` };
  const get: StoredApi['get'] = async (url) => {
    const response = await api.inject({ url, headers });
    return { status: response.statusCode, body: response.json() };
  };
  return {
    api,
    pool,
    get,
    async post(url, payload) {
      const response = await api.inject({ method: 'POST', url, headers, payload });
      return { status: response.statusCode, body: response.json() };
    },
    async store(host, events) {
      const data = Buffer.from(JSON.stringify(batchOf(host, events)));
      const subject = `coroner.events.${host}`;
      const decoded = decode({ subject, data, receivedAt: new Date().toISOString() });
      const [reject] = decoded.rejects;
      if (reject) throw new Error(reject.reason);
      await storeSafely(pool, [decoded], silent);
    },
    async lookForLogDeaths() {
      await pool.query('update death_hints set due_at = now()');
      await logDeaths.look();
    },
    async pages<Item>(url: string, limit: number) {
      const items: Item[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const query: string = `${url.includes('?') ? '&' : '?'}limit=${limit}${cursor && `&cursor=${cursor}`}`;
        const page = await get<{ items: Item[]; next: string | null }>(url + query);
        items.push(...page.body.items);
        cursor = page.body.next;
      }
      return items;
    },
    async stop() {
      await api.close();
      await logDeaths.stop();
      await pool.end();
      await postgres.stop();
    },
  };
}
