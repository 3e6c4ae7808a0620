import { preparedData, startPostgres } from './postgres.ts';

/**
 * For all tests of a run, before the first: one server is initialised and migrated, and each that a test
 * starts begins with a copy of its data.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[preparedData]) return undefined;
  const postgres = await startPostgres();
  await postgres.end();
  process.env[preparedData] = postgres.data;
  return postgres.stop;
}
