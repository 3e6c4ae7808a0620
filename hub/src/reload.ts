import { accessSync, constants } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { natsAddress } from '@coroner/schema/configuration/nats-address';
import type { Logger } from 'pino';
import { readTls } from './access/tls.ts';
import { type Config, parseConfig } from './config.ts';

/** What a hub can be told while it runs. */
export interface Reloaded {
  reload(to: Pick<Config, 'keep'>): void;
}

/** Throws when a file that the configuration names cannot be used. */
export async function checkFiles({ natsUrl, natsFiles, tls }: Config): Promise<void> {
  natsAddress(natsUrl, natsFiles);
  for (const file of Object.values(natsFiles)) if (file) accessSync(file, constants.R_OK);
  if (tls) await readTls(tls);
}

/**
 * What SIGHUP does: reads the configuration anew, sets the log level and how long things are kept,
 * takes up a new certificate, and connects to NATS anew, whose files may be new. A wrong one is told
 * and changes nothing; settings that count from the next start on are named.
 */
export async function reload(running: Config, hub: Reloaded, log: Logger): Promise<void> {
  let now: Config;
  try {
    now = parseConfig(process.env);
    await checkFiles(now);
  } catch (error) {
    log.error({ reason: (error as Error).message }, 'not reloaded, all stays as it is');
    return;
  }
  const names = Object.keys(now) as (keyof Config)[];
  const waiting = names.filter(
    (name) => !atOnce.has(name) && !isDeepStrictEqual(running[name], now[name]),
  );
  log.level = now.logLevel;
  hub.reload(now);
  log.info({ waiting }, waiting.length === 0 ? 'reloaded' : 'reloaded; some need a restart');
}

const atOnce: ReadonlySet<string> = new Set(['keep', 'logLevel'] satisfies (keyof Config)[]);
