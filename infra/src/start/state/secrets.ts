import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from './write-file.ts';

const secretBytes = 24;
const random = () => randomBytes(secretBytes).toString('base64url');

const Secrets = z.object({
  apiToken: z.string().min(1),
  /** Of the hub, for its webhooks; an older installation gets one. */
  webhookKey: z.string().min(1).default(random),
  postgresPassword: z.string().min(1),
  /** Passwords of the NATS users. */
  nats: z.object({
    hub: z.string().min(1),
    bot: z.string().min(1),
    agent: z.string().min(1),
    operator: z.string().min(1),
  }),
});
export type Secrets = z.infer<typeof Secrets>;

/** The secrets of this installation: made once, kept in `secrets.json`, mode 0600. */
export function loadSecrets(stateDir: string): Secrets {
  const path = join(stateDir, 'secrets.json');
  const kept = existsSync(path) ? readFileSync(path, 'utf8') : null;
  const secrets = kept === null ? newSecrets() : read(path, kept, stateDir);
  const text = `${JSON.stringify(secrets, null, 2)}\n`;
  if (text !== kept) replaceFile(path, text);
  return secrets;
}

const newSecrets = (): Secrets => ({
  ...{ apiToken: random(), webhookKey: random(), postgresPassword: random() },
  nats: { hub: random(), bot: random(), agent: random(), operator: random() },
});

function read(path: string, text: string, stateDir: string): Secrets {
  try {
    return Secrets.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} is damaged: restore it, or remove ${stateDir} to begin anew`, {
      cause: error,
    });
  }
}
