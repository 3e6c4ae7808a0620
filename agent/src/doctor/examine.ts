import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type { Source } from '../source.ts';

/** 0 all sources of this version are available, 1 some are not, 2 nothing here can name a killer. */
export type Health = 0 | 1 | 2;

const namesKillers: ReadonlySet<string> = new Set(['probe', 'tracefs']);

/**
 * Asks the sources of this version, and tries what names killers for real: starts it, and takes it
 * out again.
 */
export async function examine(sources: readonly Source[]): Promise<SourceStatus[]> {
  const statuses: SourceStatus[] = [];
  for (const source of sources) {
    const better = statuses.find(
      (status) => works(status) && source.insteadOf?.includes(status.source),
    );
    if (better) statuses.push(offFor(source, better));
    else statuses.push(await tried(source, await source.status()));
  }
  return statuses;
}

const offFor = ({ name }: Source, better: SourceStatus): SourceStatus => ({
  source: name,
  state: 'off',
  why: `${better.source} sees all of it, and more`,
});

/** What `statuses` of the sources of this version mean as an exit status. */
export function healthOf(statuses: readonly SourceStatus[]): Health {
  if (!statuses.some((status) => namesKillers.has(status.source) && works(status))) return 2;
  return statuses.every(({ state }) => state === 'available' || state === 'off') ? 0 : 1;
}

function works({ state }: SourceStatus): boolean {
  return state === 'available' || state === 'degraded';
}

async function tried(source: Source, status: SourceStatus): Promise<SourceStatus> {
  if (!namesKillers.has(source.name) || !works(status)) return status;
  try {
    const running = await source.start(() => undefined);
    await running.stop();
    return status;
  } catch (error) {
    const why = (error as Error).message;
    return { ...status, state: 'missing', why, enable: status.enable ?? 'see the message' };
  }
}
