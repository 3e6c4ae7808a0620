import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { replaceFile } from './write-file.ts';

const Secrets = z.object({
  apiToken: z.string().min(1),
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

const secretBytes = 24;
const random = () => randomBytes(secretBytes).toString('base64url');

/** The secrets of this installation: made once, kept in `secrets.json`, mode 0600. */
export function loadSecrets(stateDir: string): Secrets {
  const path = join(stateDir, 'secrets.json');
  if (existsSync(path)) {
    try {
      return Secrets.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch (error) {
      throw new Error(`${path} is damaged: restore it, or remove ${stateDir} to begin anew`, {
        cause: error,
      });
    }
  }
  const secrets: Secrets = {
    apiToken: random(),
    postgresPassword: random(),
    nats: { hub: random(), bot: random(), agent: random(), operator: random() },
  };
  replaceFile(path, `${JSON.stringify(secrets, null, 2)}\n`);
  return secrets;
}
