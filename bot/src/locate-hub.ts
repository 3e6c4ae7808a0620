import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HubAddress } from '@coroner/schema/client/hub-address';
import { HubError } from '@coroner/schema/client/hub-error';
import { RunFile } from '@coroner/schema/run-file';

export interface WhereHubMayBe {
  apiUrl: string | null;
  apiToken: string | null;
  stateDir: string;
}

/**
 * The hub that the environment names, else the one that `run.json` in the state directory names.
 * Throws a HubError of kind `unreachable` that says what to do when neither does.
 */
export function locateHub(where: WhereHubMayBe): HubAddress {
  if (where.apiUrl) {
    const token = where.apiToken ?? tokenOf(where.apiUrl, where.stateDir);
    return { url: where.apiUrl, token };
  }
  const path = join(where.stateDir, 'run.json');
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const denied = (error as NodeJS.ErrnoException).code === 'EACCES';
    const why = denied ? `${path} is not readable by this user` : `there is no ${path}`;
    throw new HubError(
      'unreachable',
      `No hub is known: ${why}. Start one with "npm start", or set CORONER_API_URL and CORONER_API_TOKEN.`,
      { cause: error },
    );
  }
  const run = readRun(text);
  if (!run) {
    throw new HubError(
      'unreachable',
      `${path} is damaged. Start the hub anew with "npm start", or set CORONER_API_URL.`,
    );
  }
  return { url: run.apiUrl, token: where.apiToken ?? run.apiToken };
}

/** The token in `run.json`, if that file is about the same hub: a token goes to its own hub only. */
function tokenOf(apiUrl: string, stateDir: string): string | null {
  try {
    const run = readRun(readFileSync(join(stateDir, 'run.json'), 'utf8'));
    return run && new URL(run.apiUrl).origin === new URL(apiUrl).origin ? run.apiToken : null;
  } catch {
    // No run.json or an unreadable one: the hub is asked without a token and says if it needs one.
    return null;
  }
}

function readRun(text: string): RunFile | null {
  try {
    return RunFile.parse(JSON.parse(text));
  } catch {
    // A half-written or foreign file: the caller names the path and what to do.
    return null;
  }
}
