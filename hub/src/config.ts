import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import {
  type NatsFiles,
  natsFiles,
  natsSettings,
} from '@coroner/schema/configuration/nats-address';
import { settingsOf } from '@coroner/schema/configuration/settings';
import { z } from 'zod';
import type { TlsFiles } from './access/tls.ts';
import type { Retention } from './store/retention/retention.ts';
import type { WebhookSettings } from './webhooks/deliver.ts';
import { networkOf } from './webhooks/networks.ts';

const isOrigin = (text: string): boolean => URL.canParse(text) && new URL(text).origin === text;

/** What JetStream allows. */
const mostReplicas = 5;

/** Days that something is kept; 0: for ever. */
const mostDays = 36_500;
const days = (usual: number) => z.coerce.number().int().min(0).max(mostDays).default(usual);

/** Of the key that webhooks are signed by. */
const shortestKey = 32;

const Environment = z.object({
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:7322'),
  ...natsSettings,
  CORONER_NATS_REPLICAS: z.coerce.number().int().min(1).max(mostReplicas).optional(),
  DATABASE_URL: z.string().min(1),
  CORONER_API_TOKEN: z.string().min(1),
  CORONER_API_PORT: z.coerce.number().int().min(0).max(65535).default(7380),
  CORONER_LISTEN: z.string().min(1).default('127.0.0.1'),
  CORONER_CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').flatMap((one) => one.trim() || []))
    .pipe(z.array(z.string().refine(isOrigin, 'must be origins, such as https://ops.example.com'))),
  CORONER_RATE_LIMIT: z.coerce.number().int().min(0).default(1_000),
  CORONER_KEEP_EVENTS_DAYS: days(90),
  CORONER_KEEP_DEATHS_DAYS: days(400),
  CORONER_KEEP_QUARANTINE_DAYS: days(30),
  CORONER_KEEP_ACCESS_DAYS: days(90),
  CORONER_KEEP_DELIVERIES_DAYS: days(30),
  CORONER_WEBHOOK_KEY: z
    .string()
    .min(shortestKey, `must be ${shortestKey} characters at least, such as of openssl rand -hex 32`)
    .optional(),
  CORONER_WEBHOOK_NETWORKS: z
    .string()
    .default('')
    .transform((text, context) => {
      const names = text.split(',').flatMap((one) => one.trim() || []);
      try {
        return names.map(networkOf);
      } catch (error) {
        context.addIssue({ code: 'custom', message: (error as Error).message });
        return z.NEVER;
      }
    }),
  CORONER_TLS_CERT: z.string().min(1).optional(),
  CORONER_TLS_KEY: z.string().min(1).optional(),
  CORONER_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info'),
});

/** What the hub is told by its environment and by the file that CORONER_CONFIG names. Secrets are in it: never log it whole. */
export interface Config {
  /** May carry `user:password@`. */
  natsUrl: string;
  natsFiles: NatsFiles;
  /** Servers that keep a copy of the streams each; null: as they are, and one for new streams. */
  natsReplicas: number | null;
  databaseUrl: string;
  apiToken: string;
  apiPort: number;
  listen: string;
  /** Web pages of these origins may call the API from a browser. */
  corsOrigins: string[];
  /** Requests of one stored token in 10 s; 0: any number. */
  rateLimit: number;
  keep: Retention;
  webhooks: WebhookSettings;
  /** Null: plain HTTP. */
  tls: TlsFiles | null;
  logLevel: string;
  /** Distinguishes hubs that share one database in connection names and logs. */
  instance: string;
}

/** Reads environment and file. Throws an error that names every variable that is wrong, or the line of the file. */
export function parseConfig(environment: NodeJS.ProcessEnv): Config {
  const path = environment['CORONER_CONFIG'];
  const file = path ? { path, text: readFileSync(path, 'utf8') } : null;
  const parsed = Environment.safeParse(
    settingsOf(Object.keys(Environment.shape), environment, file),
  );
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The hub's configuration is wrong: ${wrong.join('; ')}`);
  }
  const { data } = parsed;
  const { CORONER_TLS_CERT: cert, CORONER_TLS_KEY: key } = data;
  if ((cert === undefined) !== (key === undefined))
    throw new Error(
      "The hub's environment is wrong: CORONER_TLS_CERT and CORONER_TLS_KEY belong together",
    );
  const keep = {
    events: data.CORONER_KEEP_EVENTS_DAYS,
    deaths: data.CORONER_KEEP_DEATHS_DAYS,
    quarantine: data.CORONER_KEEP_QUARANTINE_DAYS,
    access: data.CORONER_KEEP_ACCESS_DAYS,
    deliveries: data.CORONER_KEEP_DELIVERIES_DAYS,
  };
  if (keep.deaths > 0 && (keep.events === 0 || keep.events > keep.deaths))
    throw new Error(
      "The hub's environment is wrong: CORONER_KEEP_DEATHS_DAYS must be 0 or at least CORONER_KEEP_EVENTS_DAYS, for a death is no longer told where only its record is left",
    );
  return {
    natsUrl: data.NATS_URL,
    natsFiles: natsFiles(data),
    natsReplicas: data.CORONER_NATS_REPLICAS ?? null,
    databaseUrl: data.DATABASE_URL,
    apiToken: data.CORONER_API_TOKEN,
    apiPort: data.CORONER_API_PORT,
    listen: data.CORONER_LISTEN,
    corsOrigins: data.CORONER_CORS_ORIGINS,
    rateLimit: data.CORONER_RATE_LIMIT,
    keep,
    webhooks: {
      key: data.CORONER_WEBHOOK_KEY ?? null,
      networks: data.CORONER_WEBHOOK_NETWORKS,
    },
    tls: cert !== undefined && key !== undefined ? { cert, key } : null,
    logLevel: data.CORONER_LOG_LEVEL,
    instance: `${hostname()}-${process.pid}`,
  };
}
