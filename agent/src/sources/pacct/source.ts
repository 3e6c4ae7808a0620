import { join } from 'node:path';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { followFiles } from '../../following/files.ts';
import { lostGap } from '../../following/lost.ts';
import { presence } from '../../following/readable.ts';
import { repeated } from '../../following/repeated.ts';
import type { Emit, RunningSource, Source } from '../../source.ts';
import { hasAccounting } from './kernel.ts';
import { type EndPolicy, isTold } from './policy.ts';
import { accountingTaker } from './records.ts';

export interface PacctOptions extends EndPolicy {
  readonly host: string;
  /** Where the positions are kept over restarts; null = nowhere. */
  readonly positionsPath: string | null;
  /** Folder that stands for `/`. */
  readonly root?: string;
}

/** Debian, Red Hat. */
const files = ['/var/log/account/pacct', '/var/account/pacct'];

/**
 * The kernel's process accounting, where nothing better watches: how each process ended, and never
 * by whom. The kernel writes a record when the process is gone.
 */
export function pacctSource(options: PacctOptions): Source {
  const paths = files.map((path) => join(options.root ?? '/', path));
  return {
    name: 'pacct',
    insteadOf: ['probe', 'tracefs'],
    status: () => statusOf(paths),
    start: async (emit) => start(paths, options, emit),
  };
}

function statusOf(paths: readonly string[]): SourceStatus {
  const source = 'pacct';
  const { there, closed } = presence(paths);
  if (there.length === 0)
    return hasAccounting() === false
      ? { source, state: 'off', why: 'this kernel is built without process accounting' }
      : {
          source,
          state: 'off',
          why: `none of ${paths.join(', ')} is there`,
          enable: 'apt-get install acct && accton on',
        };
  if (closed.length > 0) {
    const why = `not readable: ${closed.join(', ')}`;
    return { source, state: 'degraded', why, enable: 'run the agent as root' };
  }
  return { source, state: 'available', why: `${there.join(', ')} can be read` };
}

function start(
  paths: readonly string[],
  { host, positionsPath, ...policy }: PacctOptions,
  emit: Emit,
): RunningSource {
  const following = followFiles({
    paths,
    positionsPath,
    newTaker() {
      const numbered = repeated(host);
      return accountingTaker((event) => {
        if (isTold(event, policy)) emit(numbered(event));
      });
    },
    onLost: (path, reason) => emit(lostGap('pacct', path, reason)),
  });
  return { stop: async () => following.stop() };
}
