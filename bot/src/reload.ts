import { accessSync, constants } from 'node:fs';
import { natsAddress } from '@coroner/schema/configuration/nats-address';
import type { Logger } from 'pino';
import { type BotConfig, readConfig } from './config.ts';

/** Throws when a file that the configuration names cannot be used. */
export function checkFiles({ natsUrl, natsFiles }: BotConfig): void {
  if (natsUrl) natsAddress(natsUrl, natsFiles);
  for (const file of Object.values(natsFiles)) if (file) accessSync(file, constants.R_OK);
}

/** The configuration as it is now. Null when it is wrong: that is told, and the old one stays. */
export function readAgain(log: Logger): BotConfig | null {
  try {
    const config = readConfig(process.env);
    checkFiles(config);
    return config;
  } catch (error) {
    log.error({ reason: (error as Error).message }, 'not reloaded, all stays as it is');
    return null;
  }
}
