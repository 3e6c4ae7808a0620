import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Collector, Running } from './collector.ts';
import { printing } from './printing.ts';

const tracing = '/sys/kernel/tracing';

/** The kernel's trace events as text: an instance of tracefs, read by cat(1). */
export const tracefs: Collector = {
  name: 'tracefs pipe, cat',
  async start(): Promise<Running> {
    const instance = join(tracing, 'instances', `coroner-bench-${process.pid}`);
    mkdirSync(instance);
    try {
      writeFileSync(join(instance, 'events/signal/signal_generate/enable'), '1');
      const reader = await printing({
        name: 'cat',
        command: ['cat', join(instance, 'trace_pipe')],
        hasRecord: (line, { signal }) => line.includes(`sig=${signal === 'SIGKILL' ? '9' : '15'} `),
      }).start();
      return {
        pids: reader.pids,
        async stop(sent) {
          const recorded = await reader.stop(sent);
          rmdirSync(instance);
          return recorded;
        },
      };
    } catch (error) {
      rmdirSync(instance);
      throw error;
    }
  },
};
