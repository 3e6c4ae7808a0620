import type { Queryable } from '../../store/database.ts';
import { hostsNamed } from '../../store/questions/host-names.ts';

/** The host that a filter means: as it is spelled, unless only one known host fits it loosely. */
export async function meantHost(
  on: Queryable,
  host: string | undefined,
): Promise<string | undefined> {
  if (host === undefined) return undefined;
  const [only, ...more] = await hostsNamed(on, host);
  return only !== undefined && more.length === 0 ? only : host;
}
