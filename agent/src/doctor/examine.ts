import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type { Source } from '../source.ts';

/** 0 all sources of this version are available, 1 some are not, 2 nothing here can name a killer. */
export type Health = 0 | 1 | 2;

const namesKillers = 'probe';

/** Asks the sources of this version, and tries the probe for real: loads it, and takes it out again. */
export async function examine(sources: readonly Source[]): Promise<SourceStatus[]> {
  const statuses: SourceStatus[] = [];
  for (const source of sources) {
    const status = await tried(source, await source.status());
    const better = statuses.find(({ source: name }) => name === source.insteadOf);
    statuses.push(
      better && works(better)
        ? {
            source: status.source,
            state: 'off',
            why: `the ${better.source} sees all of it, and more`,
          }
        : status,
    );
  }
  return statuses;
}

/** What `statuses` of the sources of this version mean as an exit status. */
export function healthOf(statuses: readonly SourceStatus[]): Health {
  const killers = statuses.find(({ source }) => source === namesKillers);
  if (!killers || !works(killers)) return 2;
  return statuses.every(({ state }) => state === 'available' || state === 'off') ? 0 : 1;
}

function works({ state }: SourceStatus): boolean {
  return state === 'available' || state === 'degraded';
}

async function tried(source: Source, status: SourceStatus): Promise<SourceStatus> {
  if (source.name !== namesKillers || status.state === 'missing') return status;
  try {
    const running = await source.start(() => undefined);
    await running.stop();
    return status;
  } catch (error) {
    const why = (error as Error).message;
    return { ...status, state: 'missing', why, enable: status.enable ?? 'see the message' };
  }
}
