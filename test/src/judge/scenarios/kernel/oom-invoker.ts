import type { Scenario } from '../../recording/recording.ts';
import { kernelMade } from '../../recording/signals.ts';

/** The host runs out of memory: postgres asks for a page, java has eaten the rest and dies. */
export const oomInvoker: Scenario = {
  name: 'the OOM invoker is not the killer',
  play(stage) {
    const host = stage.host('db-2', { clockMs: -1_200 });
    host.heartbeat(-10_000);
    const postgres = host.process({ comm: 'postgres', uid: 999, user: 'postgres' });
    const java = host.process({
      ...{ comm: 'java', exe: '/usr/bin/java', uid: 900, user: 'app' },
      ...{ unit: 'app.service', cgroup: '/system.slice/app.service' },
    });
    host.tells('oom-kill', 'kmsg', 1_000, {
      pid: java.pid,
      comm: 'java',
      constraint: 'none',
      taskMemcg: '/system.slice/app.service',
      anonRssKb: 6_000_000,
      invokedBy: 'postgres',
      tasks: [
        { pid: postgres.pid, comm: 'postgres', rss: 20_000 },
        { pid: java.pid, comm: 'java', rss: 1_500_000 },
      ],
    });
    host.dies(java, 1_040, {
      oomMarked: true,
      signals: [kernelMade('SIGKILL', 1_000, postgres)],
    });
    stage.truth(host, java, {
      cause: 'oom-host',
      confidence: 'proven',
      actor: null,
      origin: null,
      incident: 'memory',
    });
  },
};
