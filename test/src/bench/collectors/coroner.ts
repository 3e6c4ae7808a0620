import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch } from '@coroner/schema/wire/batch';
import { startAgent } from '../../storm/agent.ts';
import { startNats } from '../../storm/nats.ts';
import { settled } from '../cost.ts';
import { type Collector, collectorCpu, type Sent } from './collector.ts';

type Event = Batch['events'][number];

/**
 * The whole agent with all its sources, sending to a real nats-server. Of signals that end nobody it
 * tells how many came from whom to whom; of deaths each, with who caused it.
 */
export function coroner(program: string): Collector {
  return {
    name: 'Coroner, whole agent',
    async start() {
      const stateDir = mkdtempSync(join(tmpdir(), 'coroner-bench-'));
      const nats = await startNats();
      execFileSync('taskset', ['-acp', collectorCpu, `${nats.pid}`]);
      const environment = {
        CORONER_STATE_DIR: stateDir,
        CORONER_HOST: 'bench',
        CORONER_BACKFILL_DAYS: '0',
        NATS_URL: nats.url,
      };
      const command = ['taskset', '-c', collectorCpu, process.execPath, program] as const;
      const agent = await startAgent(environment, command).catch(async (error: Error) => {
        await nats.stop();
        rmSync(stateDir, { recursive: true, force: true });
        throw error;
      });
      const pids = [agent.pid()];
      return {
        pids,
        async stop(sent) {
          await settled(pids);
          await agent.stop();
          const named = sent.map(() => 0);
          let unnamed = 0;
          await nats.read('bench', (event) => {
            for (const [index, one] of sent.entries())
              named[index] = (named[index] ?? 0) + records(event, one);
            unnamed += unnamedOf(event);
          });
          await nats.caughtUp();
          await nats.stop();
          rmSync(stateDir, { recursive: true, force: true });
          return { named, unnamed };
        },
      };
    },
  };
}

/** While its counts are taken out of the kernel a signal may be counted in the total alone. */
function unnamedOf(event: Event): number {
  if (event.kind !== 'counts') return 0;
  return (event.nearMissesBy ?? []).reduce((left, { count }) => left - count, event.nearMisses);
}

function records(event: Event, { comm, signal }: Sent): number {
  if (event.kind === 'death' && signal === 'SIGKILL')
    return event.exit.signal === signal && event.signals[0]?.current?.comm === comm ? 1 : 0;
  if (event.kind !== 'counts' || signal === 'SIGKILL') return 0;
  return (event.nearMissesBy ?? [])
    .filter(({ sender }) => sender?.comm === comm)
    .reduce((sum, { count }) => sum + count, 0);
}
