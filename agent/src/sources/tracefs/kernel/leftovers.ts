import { existsSync, rmdirSync, writeFileSync } from 'node:fs';
import { instancePrefix } from './instance.ts';
import { tracingFolder } from './mount.ts';

/** Ends the recording that a killed agent left under this name; the folder that is gone. Throws when it is read. */
export function removeInstance(name: string): string[] {
  const tracing = tracingFolder();
  const folder = `${tracing}/instances/${instancePrefix}${name}`;
  if (tracing === null || !existsSync(folder)) return [];
  writeFileSync(`${folder}/events/enable`, '0');
  try {
    rmdirSync(folder);
  } catch (error) {
    throw new Error(`${folder} is in use (${(error as Error).message}): stop the agent first`);
  }
  return [folder];
}
