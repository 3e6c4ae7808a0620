import { readdirSync, readFileSync } from 'node:fs';
import type { World } from '@coroner/hub/dist/testing/world.js';
import type { Series } from './judge.ts';

/** Processes by name. */
export type Watched = Readonly<Record<string, () => number>>;

const kbPerMb = 1024;

/**
 * Reads, each time it is asked: of each process its resident set and what of that is its own (heap and
 * stacks; V8's heap is in it), and its descriptors; of the servers their connections and consumers.
 */
export function sampler(watched: Watched, world: World) {
  const all = new Map<string, Series & { points: { atMs: number; value: number }[] }>();
  const note = (of: string, what: Series['what'], value: number | null): void => {
    if (value === null) return;
    const series = all.get(of) ?? { of, what, points: [] };
    all.set(of, series);
    series.points.push({ atMs: performance.now(), value });
  };
  return {
    async sample(): Promise<void> {
      for (const [name, pid] of Object.entries(watched)) {
        note(`${name}: resident MB`, 'memory', statusMb(pid(), 'VmRSS'));
        note(`${name}: own MB`, 'memory', statusMb(pid(), 'RssAnon'));
        note(`${name}: descriptors`, 'count', descriptors(pid()));
      }
      const connections = `select count(*)::integer from pg_stat_activity where backend_type = 'client backend'`;
      note('postgres: connections', 'count', await world.count(connections));
      const manager = await world.agent.connection.jetstreamManager();
      let consumers = 0;
      for await (const { state } of manager.streams.list()) consumers += state.consumer_count;
      note('nats-server: consumers', 'count', consumers);
    },
    series: (): Series[] => [...all.values()],
  };
}

/** A field of /proc/PID/status, proc_pid_status(5); null when the process is gone. */
function statusMb(pid: number, field: string): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kb = new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(text)?.[1];
    return kb === undefined ? null : Number(kb) / kbPerMb;
  } catch {
    // It ended: the accountant sees what that did.
    return null;
  }
}

function descriptors(pid: number): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    // As above.
    return null;
  }
}
