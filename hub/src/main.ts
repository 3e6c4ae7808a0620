import type { NatsConnection } from 'nats';
import type { Logger } from 'pino';
import { renewTls } from './access/renew-tls.ts';
import { readTls } from './access/tls.ts';
import { startWaking } from './act/wake.ts';
import { startAlerts } from './alerts/publish.ts';
import { buildApi } from './api/build-api.ts';
import { createFeed } from './api/feed.ts';
import { type Config, parseConfig } from './config.ts';
import { hearing } from './ingest/dark-hosts/hearing.ts';
import { startDarkHosts } from './ingest/dark-hosts/look-for-dark-hosts.ts';
import { startIngest } from './ingest/ingest.ts';
import { startLogDeaths } from './ingest/log-deaths/look-for-deaths.ts';
import { lookAgain } from './ingest/second-look.ts';
import type { BatchReport } from './ingest/store-batch.ts';
import { closeConnection, connectForEver, natsTroubles } from './ingest/stream/connection.ts';
import { takeEvents } from './ingest/take-events.ts';
import { openLog } from './log.ts';
import { countBatch } from './metrics/count-batch.ts';
import { createMetrics } from './metrics/metrics.ts';
import { watchStanding } from './metrics/watch-standing.ts';
import { servePages } from './pages/serve-pages.ts';
import { checkFiles, type Reloaded, reload } from './reload.ts';
import { startForgetting } from './retention/forget-old.ts';
import { createPool, databaseTroubles } from './store/database.ts';
import { migrateInTheEnd } from './store/migrate.ts';
import type { Changes } from './store/notify.ts';
import { subscribe } from './store/subscribe.ts';
import { startDelivering } from './webhooks/deliver.ts';

export interface Hub extends Reloaded {
  /** `http://127.0.0.1:7380`. */
  address: string;
  stop(): Promise<void>;
}

/** Starts all layers; waits for Postgres and NATS for as long as they take. */
export async function startHub(config: Config, log: Logger): Promise<Hub> {
  const name = `coroner-hub ${config.instance}`;
  const metrics = createMetrics();
  const feed = createFeed();
  const pool = createPool(config.databaseUrl, name, (error) =>
    log.warn({ reason: error.message }, 'a database connection broke'),
  );
  await migrateInTheEnd(pool, log);

  let connection: NatsConnection | undefined;
  let waitingMessages = 0;
  const troubles = async () => [
    ...(await databaseTroubles(pool)),
    ...(await natsTroubles(connection)),
  ];
  const onBatch = (report: BatchReport, seconds: number) => countBatch(metrics, report, seconds);
  const heard = hearing();
  const onBacklog = (messages: number | null) => {
    heard.backlog(messages);
    metrics.natsConnected.set(messages === null ? 0 : 1);
    if (messages === null) return;
    waitingMessages = messages;
    metrics.waitingMessages.set(messages);
  };
  const tls = config.tls && (await readTls(config.tls));
  const logDeaths = startLogDeaths({ pool, log, onBatch });
  const api = await buildApi({
    pool,
    metrics,
    feed,
    troubles,
    waitingMessages: () => waitingMessages,
    webhooks: config.webhooks,
    takeEvents: takeEvents({ pool, log, logDeaths, onBatch }),
    token: config.apiToken,
    tls,
    corsOrigins: config.corsOrigins,
    rateLimit: config.rateLimit,
    pages: (app, authenticate) => servePages(app, { pool, authenticate, tls: tls !== null }),
    log,
  });
  const address = await api.listen({ host: config.listen, port: config.apiPort });
  const renewing = tls && config.tls ? renewTls(api.server, config.tls, tls, log) : null;

  const standing = watchStanding(pool, metrics, log);
  const delivering = startDelivering({
    ...{ pool, log, ...config.webhooks },
    onAttempt: (outcome, seconds) => {
      metrics.webhookAttempts.inc({ outcome });
      metrics.webhookSeconds.observe(seconds);
    },
  });

  connection = await connectForEver(config.natsUrl, name, config.natsFiles);
  const replicas = config.natsReplicas;
  const ingest = startIngest({ connection, pool, log, replicas, onBacklog, onBatch });
  await ingest.ready;
  const darkHosts = startDarkHosts({ pool, log, hearsAll: heard.hearsAll, onBatch });
  const alerts = startAlerts({ connection, pool, log, onPublished: () => metrics.alerts.inc() });

  const lookingAgain = new AbortController();
  const secondLook = lookAgain({ pool, log, onBatch }, lookingAgain.signal).catch(
    (error: Error) => {
      log.warn({ reason: error.message }, 'cannot look at quarantine again until the next start');
    },
  );
  const waking = startWaking(pool, log);
  const onChanges = (changes: Changes) => {
    if (changes.deaths.length === 0) alerts.wake();
    feed.wake();
  };
  const subscription = subscribe(config.databaseUrl, name, onChanges, log);
  const retention = {
    ...{ pool, log, keep: config.keep },
    onForgotten: (what: string, rows: number) => metrics.forgotten.inc({ what }, rows),
  };
  const forgetting = startForgetting(retention);
  log.info({ address }, 'ready');
  return {
    address,
    reload({ keep }) {
      retention.keep = keep;
      void renewing?.look();
      // It reads its files of credentials and certificates anew; what is not acknowledged comes again.
      connection?.reconnect().catch((error: Error) => {
        log.warn({ reason: error.message }, 'NATS is not there, trying again');
      });
    },
    async stop() {
      lookingAgain.abort();
      renewing?.stop();
      await api.close();
      await Promise.all([
        ingest.stop(),
        secondLook,
        logDeaths.stop(),
        darkHosts.stop(),
        waking.stop(),
        alerts.stop(),
        delivering.stop(),
        standing.stop(),
        subscription.stop(),
        forgetting.stop(),
      ]);
      if (connection) await closeConnection(connection);
      await pool.end();
    },
  };
}

/** The process: starts, and stops on SIGTERM and SIGINT. */
export async function run(): Promise<void> {
  const config = parseConfig(process.env);
  if (process.argv.includes('--check-config')) {
    await checkFiles(config);
    process.stdout.write('The configuration is right.\n');
    return;
  }
  const log = openLog(config.logLevel);
  let hub: Hub | undefined;
  const stop = async () => {
    await hub?.stop();
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGHUP', () => {
    if (hub) void reload(config, hub, log);
    else log.warn('not reloaded: the hub is still starting');
  });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  try {
    hub = await startHub(config, log);
  } catch (error) {
    log.fatal({ reason: (error as Error).message }, 'the hub cannot start');
    process.exit(1);
  }
}
