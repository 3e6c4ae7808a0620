import { accessSync, chmodSync, chownSync, constants, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ownerOnly = 0o700;
const ownerAndPostgres = 0o710;

export interface StateDir {
  root: string;
  log: string;
  nats: string;
  postgres: string;
}

/**
 * Creates the state directory, closed to other users. `postgresGroup` (as root) may pass through
 * to the database's own folder and see nothing else. Throws an Error that says what to do.
 */
export function openStateDir(root: string, postgresGroup: number | null): StateDir {
  try {
    mkdirSync(root, { recursive: true, mode: ownerOnly });
    accessSync(root, constants.R_OK | constants.W_OK | constants.X_OK);
    if (statSync(root).uid !== process.getuid?.()) throw new Error('it belongs to another user');
    if (postgresGroup !== null) chownSync(root, 0, postgresGroup);
    chmodSync(root, postgresGroup === null ? ownerOnly : ownerAndPostgres);
    const log = join(root, 'log');
    const nats = join(root, 'nats');
    for (const folder of [log, nats]) mkdirSync(folder, { recursive: true, mode: ownerOnly });
    return { root, log, nats, postgres: join(root, 'postgres') };
  } catch (error) {
    throw new Error(
      `the state directory ${root} cannot be used: ${(error as Error).message}. ` +
        'Set CORONER_STATE_DIR to a folder of your own.',
      { cause: error },
    );
  }
}
