import { join } from 'node:path';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { presence } from '../../following/readable.ts';
import type { Host } from '../../host.ts';
import type { Emit, RunningSource, Source } from '../../source.ts';
import { lastBoot, noteBoot, tellBoot } from './boot.ts';
import { watchClock } from './clock-steps.ts';
import { followPackages, packageLogs } from './packages.ts';

export interface HostOptions {
  readonly host: Host;
  /** Where the last sign of life is kept; null = nowhere. */
  readonly bootPath: string | null;
  /** Where the positions in logs are kept; null = nowhere. */
  readonly positionsPath: string | null;
  /** Folder that stands for `/`. */
  readonly root?: string;
}

const noteEveryMs = 30_000;

/** What happens to the host itself: boots and how the last one ended, changes of packages, steps of the clock. */
export function hostSource(options: HostOptions): Source {
  const root = options.root ?? '/';
  return {
    name: 'host',
    status: () => statusOf(root),
    start: async (emit) => start(options, root, emit),
  };
}

function statusOf(root: string): SourceStatus {
  const source = 'host';
  const { there, closed } = presence(packageLogs.map((path) => join(root, path)));
  if (closed.length > 0)
    return {
      source,
      state: 'degraded',
      why: `not readable: ${closed.join(', ')}`,
      enable: 'run the agent as root',
    };
  const logs = there.length > 0 ? there.join(', ') : 'no log of a package manager';
  return { source, state: 'available', why: `boots, the clock, ${logs}` };
}

async function start(
  { host, bootPath, positionsPath }: HostOptions,
  root: string,
  emit: Emit,
): Promise<RunningSource> {
  const note = (): void => noteBoot(bootPath, host.bootId);
  await tellBoot(host, lastBoot(bootPath), root, emit);
  note();
  const noting = setInterval(note, noteEveryMs);
  const clock = watchClock(emit);
  const packages = followPackages({ host: host.name, positionsPath, root }, emit);
  return {
    async stop() {
      clearInterval(noting);
      clock.stop();
      packages.stop();
      note();
    },
  };
}
