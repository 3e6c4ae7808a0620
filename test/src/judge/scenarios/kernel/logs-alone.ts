import type { Scenario } from '../../recording/recording.ts';

const nobody = { actor: null, origin: null } as const;

/** A host without a probe: what its logs tell, as firmly as they can. */
export const logsAlone: Scenario = {
  name: 'logs alone tell of it',
  play(stage) {
    const host = stage.host('legacy-1', {
      clockMs: -20_000,
      sources: [{ source: 'probe', state: 'missing', why: 'no BTF' }],
    });
    host.heartbeat(-10_000);
    const report = { pid: 4_100, comm: 'redis-server', constraint: 'none' as const };
    host.tells('oom-kill', 'kmsg', 0, report);
    host.tells('oom-kill', 'journal', 0, report);
    stage.truth(
      host,
      { pid: 4_100, comm: 'redis-server' },
      {
        cause: 'oom-host',
        confidence: 'proven',
        ...nobody,
        incident: 'redis',
      },
    );

    host.tells('coredump', 'journal', 60_000, {
      ...{ pid: 4_200, comm: 'imager', exe: '/usr/bin/imager', signal: 'SIGABRT' },
    });
    stage.truth(
      host,
      { pid: 4_200, comm: 'imager' },
      {
        cause: 'abort',
        confidence: 'likely',
        ...nobody,
        incident: 'imager',
      },
    );

    host.tells('oom-daemon-kill', 'journal', 120_000, {
      ...{ daemon: 'earlyoom', pid: 4_300, comm: 'chrome', cgroup: null, unit: null },
      signal: 'SIGTERM',
    });
    stage.truth(
      host,
      { pid: 4_300, comm: 'chrome' },
      {
        cause: 'oom-daemon',
        confidence: 'likely',
        ...nobody,
        incident: 'chrome',
      },
    );

    host.tells('unit', 'journal', 180_000, {
      ...{ unit: 'queue.service', state: 'process-exited', code: 'killed', status: '9/KILL' },
    });
    stage.truth(
      host,
      { pid: 0, comm: 'queue' },
      {
        cause: 'unknown',
        confidence: 'unknown',
        ...nobody,
        incident: null,
      },
    );
  },
};
