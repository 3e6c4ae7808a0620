import { hostname } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The folder that holds `infra/`: three above this file, in `src` as in `dist`. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

const text = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined),
  z.string().optional(),
);
const port = (fallback: number) =>
  z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(0).max(65535).default(fallback),
  );

const Environment = z.object({
  CORONER_STATE_DIR: text,
  CORONER_HOST: text,
  CORONER_API_TOKEN: text,
  CORONER_WEBHOOK_KEY: text,
  CORONER_LISTEN: text,
  CORONER_API_PORT: port(7380),
  CORONER_NATS_PORT: port(7322),
  CORONER_POSTGRES_PORT: port(7332),
  NATS_URL: text,
  DATABASE_URL: text,
  SLACK_BOT_TOKEN: text,
  npm_lifecycle_event: text,
});

export interface StartConfig {
  stateDir: string;
  host: string;
  listen: string;
  /** 0: any free one. */
  apiPort: number;
  natsPort: number;
  postgresPort: number;
  /** Null: a token of our own, kept in the state directory. */
  apiToken: string | null;
  /** Null: likewise. */
  webhookKey: string | null;
  /** Servers that the user runs; null: we start one. */
  natsUrl: string | null;
  databaseUrl: string | null;
  slack: boolean;
  /** Started by npm, which is then our parent for as long as it lives. */
  underNpm: boolean;
  /** What every part may see of the environment; no secret of another part is in it. */
  shared: Record<string, string>;
  /** Of the environment, for the bot alone. */
  slackEnvironment: Record<string, string>;
}

const sharedNames =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|TERM|COLORTERM|NO_COLOR|FORCE_COLOR|LANG|LC_.*|TZ|TMPDIR|NODE_.*|https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|CORONER_.*)$/;
const slackNames = /^(?:SLACK_.*|PORT)$/;

/** Parses the environment once. Throws an Error that names the variable that is wrong. */
export function readConfig(environment: NodeJS.ProcessEnv): StartConfig {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`environment variable ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const env = parsed.data;
  const shared = chosen(environment, (name) => sharedNames.test(name));
  delete shared['CORONER_API_TOKEN'];
  delete shared['CORONER_WEBHOOK_KEY'];
  return {
    stateDir: resolve(env.CORONER_STATE_DIR ?? join(projectRoot, '.coroner')),
    host: env.CORONER_HOST ?? hostname(),
    listen: env.CORONER_LISTEN ?? '127.0.0.1',
    apiPort: env.CORONER_API_PORT,
    natsPort: env.CORONER_NATS_PORT,
    postgresPort: env.CORONER_POSTGRES_PORT,
    apiToken: env.CORONER_API_TOKEN ?? null,
    webhookKey: env.CORONER_WEBHOOK_KEY ?? null,
    natsUrl: env.NATS_URL ?? null,
    databaseUrl: env.DATABASE_URL ?? null,
    slack: env.SLACK_BOT_TOKEN !== undefined,
    underNpm: env.npm_lifecycle_event !== undefined,
    shared,
    slackEnvironment: chosen(environment, (name) => slackNames.test(name)),
  };
}

function chosen(
  environment: NodeJS.ProcessEnv,
  wanted: (name: string) => boolean,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && wanted(entry[0]),
    ),
  );
}
