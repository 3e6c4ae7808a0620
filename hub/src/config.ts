import { hostname } from 'node:os';
import { z } from 'zod';

const Environment = z.object({
  NATS_URL: z.string().min(1).default('nats://127.0.0.1:7322'),
  DATABASE_URL: z.string().min(1),
  CORONER_API_TOKEN: z.string().min(1),
  CORONER_API_PORT: z.coerce.number().int().min(0).max(65535).default(7380),
  CORONER_LISTEN: z.string().min(1).default('127.0.0.1'),
  CORONER_LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info'),
});

/** What the hub is told by its environment. Secrets are in it: never log it whole. */
export interface Config {
  /** May carry `user:password@`. */
  natsUrl: string;
  databaseUrl: string;
  apiToken: string;
  apiPort: number;
  listen: string;
  logLevel: string;
  /** Distinguishes hubs that share one database in connection names and logs. */
  instance: string;
}

/** Throws an error that names every variable that is wrong. */
export function parseConfig(environment: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The hub's environment is wrong: ${wrong.join('; ')}`);
  }
  const { data } = parsed;
  return {
    natsUrl: data.NATS_URL,
    databaseUrl: data.DATABASE_URL,
    apiToken: data.CORONER_API_TOKEN,
    apiPort: data.CORONER_API_PORT,
    listen: data.CORONER_LISTEN,
    logLevel: data.CORONER_LOG_LEVEL,
    instance: `${hostname()}-${process.pid}`,
  };
}
