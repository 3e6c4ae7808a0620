import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type NatsFiles,
  natsFiles,
  natsSettings,
} from '@coroner/schema/configuration/nats-address';
import { settingsOf } from '@coroner/schema/configuration/settings';
import { z } from 'zod';
import { type DigestSchedule, wrongIn } from './digests/schedule.ts';

/** The directory that holds `bot/`: two above this file, in `src` as in `dist`. */
const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const text = z.preprocess(
  (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined),
  z.string().optional(),
);
const defaultPort = 3000;
const loopback = '127.0.0.1';
const defaultOccurrencesSeconds = 60;
const msPerSecond = 1000;

const Environment = z.object({
  CORONER_API_URL: text,
  CORONER_API_TOKEN: text,
  CORONER_PUBLIC_URL: z.preprocess(
    (value) => (typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined),
    z
      .url({
        protocol: /^https?$/,
        error: 'must be an address that begins with http:// or https://',
      })
      .optional(),
  ),
  CORONER_STATE_DIR: text,
  CORONER_LOG_LEVEL: text,
  NATS_URL: text,
  ...natsSettings,
  SLACK_BOT_TOKEN: text,
  SLACK_APP_TOKEN: text,
  SLACK_SIGNING_SECRET: text,
  SLACK_API_URL: text,
  SLACK_ALERT_CHANNEL: text,
  SLACK_ACTORS: text,
  CORONER_DIGEST_DAILY: text,
  CORONER_DIGEST_WEEKLY: text,
  CORONER_DIGEST_ZONE: text,
  SLACK_DIGEST_CHANNEL: text,
  CORONER_OCCURRENCES_EVERY: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().min(0).max(86_400).default(defaultOccurrencesSeconds),
  ),
  CORONER_LISTEN: text,
  PORT: z.preprocess(
    (value) => (value === '' ? undefined : value),
    z.coerce.number().int().min(0).max(65535).optional(),
  ),
});

/** How Slack's events come in: over a socket that the bot opens, or as signed HTTP requests to it. */
export type SlackInlet =
  | { mode: 'socket'; appToken: string }
  | { mode: 'http'; signingSecret: string; listen: string; port: number };

export interface SlackConfig {
  botToken: string;
  /** Root of the Web API; null for Slack's own. */
  apiUrl: string | null;
  inlet: SlackInlet;
  /** For what no route takes; null: that is not posted. */
  alertChannel: string | null;
  digests: readonly DigestSchedule[];
  /** Null: no digests are posted. */
  digestChannel: string | null;
  /** Between the first two lines about an incident's growth in its thread, ms; 0: none. */
  occurrencesEveryMs: number;
  /** Where people find the hub's pages; null: messages have no links. */
  publicUrl: string | null;
  /** Id of the user group whose members may act on incidents; null: everybody may. */
  actors: string | null;
}

export interface BotConfig {
  stateDir: string;
  /** Null: take it from `run.json` in `stateDir`. */
  apiUrl: string | null;
  apiToken: string | null;
  natsUrl: string | null;
  natsFiles: NatsFiles;
  logLevel: string;
  /** Null where the tokens are missing; `slackMissing` says which. */
  slack: SlackConfig | null;
  slackMissing: string | null;
}

/**
 * Reads environment and file. Throws an Error that names the variable that is wrong, or the line of
 * the file.
 */
export function readConfig(environment: NodeJS.ProcessEnv): BotConfig {
  const path = environment['CORONER_CONFIG'];
  const file = path ? { path, text: readFileSync(path, 'utf8') } : null;
  const parsed = Environment.safeParse(
    settingsOf(Object.keys(Environment.shape), environment, file),
  );
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`Setting ${issue?.path.join('.')}: ${issue?.message}`);
  }
  const env = parsed.data;
  const inlet = slackInlet(env);
  return {
    stateDir: env.CORONER_STATE_DIR
      ? resolve(env.CORONER_STATE_DIR)
      : join(projectRoot, '.coroner'),
    apiUrl: env.CORONER_API_URL ?? null,
    apiToken: env.CORONER_API_TOKEN ?? null,
    natsUrl: env.NATS_URL ?? null,
    natsFiles: natsFiles(env),
    logLevel: env.CORONER_LOG_LEVEL ?? 'info',
    slack:
      env.SLACK_BOT_TOKEN && inlet
        ? {
            botToken: env.SLACK_BOT_TOKEN,
            apiUrl: env.SLACK_API_URL ?? null,
            inlet,
            alertChannel: env.SLACK_ALERT_CHANNEL ?? null,
            digests: digestSchedules(env),
            digestChannel: env.SLACK_DIGEST_CHANNEL ?? env.SLACK_ALERT_CHANNEL ?? null,
            publicUrl: env.CORONER_PUBLIC_URL ?? null,
            occurrencesEveryMs: env.CORONER_OCCURRENCES_EVERY * msPerSecond,
            actors: env.SLACK_ACTORS ?? null,
          }
        : null,
    slackMissing: missing(env.SLACK_BOT_TOKEN, inlet),
  };
}

function digestSchedules(env: z.infer<typeof Environment>): DigestSchedule[] {
  const zone = env.CORONER_DIGEST_ZONE ?? 'UTC';
  const wrongZone = wrongIn({ expression: '0 0 * * *', zone });
  if (wrongZone !== null)
    throw new Error(
      `Setting CORONER_DIGEST_ZONE: "${zone}" is no time zone, such as Europe/Berlin`,
    );
  return (['daily', 'weekly'] as const).flatMap((kind) => {
    const name = kind === 'daily' ? 'CORONER_DIGEST_DAILY' : 'CORONER_DIGEST_WEEKLY';
    const expression = env[name];
    if (expression === undefined) return [];
    const wrong = wrongIn({ expression, zone });
    if (wrong === null) return [{ kind, expression, zone }];
    throw new Error(
      `Setting ${name}: "${expression}" is no schedule such as "0 9 * * 1-5": ${wrong}`,
    );
  });
}

function slackInlet(env: z.infer<typeof Environment>): SlackInlet | null {
  if (env.SLACK_APP_TOKEN) return { mode: 'socket', appToken: env.SLACK_APP_TOKEN };
  if (!env.SLACK_SIGNING_SECRET) return null;
  return {
    mode: 'http',
    signingSecret: env.SLACK_SIGNING_SECRET,
    listen: env.CORONER_LISTEN ?? loopback,
    port: env.PORT ?? defaultPort,
  };
}

function missing(botToken: string | undefined, inlet: SlackInlet | null): string | null {
  const names: string[] = [];
  if (!botToken) names.push('SLACK_BOT_TOKEN');
  if (!inlet) names.push('SLACK_APP_TOKEN (or SLACK_SIGNING_SECRET and PORT)');
  return names.length === 0 ? null : names.join(' and ');
}
