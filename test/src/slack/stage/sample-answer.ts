import type { Answer } from '@coroner/schema/http/answer';

/** A schema-valid Answer about nginx on web-3; `change` replaces parts of its death and verdict. */
export function sampleAnswer(
  change: {
    death?: Partial<Answer['death']>;
    verdict?: Partial<Answer['verdict']>;
    answer?: Partial<Answer>;
  } = {},
): Answer {
  const death: Answer['death'] = {
    id: '0123456789abcdef0123456789abcdef',
    host: 'web-3',
    pid: 4121,
    comm: 'nginx',
    exe: '/usr/sbin/nginx',
    cmdline: ['nginx: master process', '/usr/sbin/nginx'],
    uid: 33,
    user: 'www-data',
    startedAt: '2026-11-13T22:59:07.000Z',
    diedAt: '2026-11-23T03:12:07.120Z',
    signal: 'SIGKILL',
    exitCode: null,
    coreDumped: false,
    peakRssBytes: 48 * 1024 * 1024,
    oomScoreAdj: 0,
    cgroup: '/system.slice/nginx.service',
    unit: 'nginx.service',
    container: null,
    ...change.death,
  };
  return {
    verdict: {
      cause: 'signal-from-process',
      confidence: 'proven',
      summary: `${death.comm} (pid ${death.pid}) on ${death.host} was killed with SIGKILL at 03:12:07 by \`pkill -9 -f python\`, run by alice (ssh from 10.0.0.5, pts/2).`,
      ruledOut: [
        { cause: 'oom-host', because: 'the kernel log holds no OOM report' },
        { cause: 'service-stopped', because: 'systemd stopped no unit then' },
      ],
      advice: ['Ask alice what `pkill -9 -f python` was meant to hit.'],
      ...change.verdict,
    },
    death,
    actor: {
      pid: 999,
      comm: 'pkill',
      exe: '/usr/bin/pkill',
      cmdline: ['pkill', '-9', '-f', 'python'],
      uid: 1000,
      user: 'alice',
      auditUser: 'alice',
      startedAt: '2026-11-23T03:12:07.100Z',
      ancestry: [
        { pid: 900, comm: 'bash' },
        { pid: 880, comm: 'sshd' },
      ],
      origin: {
        type: 'login-session',
        user: 'alice',
        sessionId: 7,
        tty: 'pts/2',
        from: '10.0.0.5',
        since: '2026-11-23T03:02:00.000Z',
      },
    },
    evidence: [
      {
        eventId: 'e1e1e1e1e1e1e1e1',
        at: '2026-11-23T03:12:07.119Z',
        source: 'probe',
        kind: 'death',
        text: 'SIGKILL from pkill (pid 999, uid 1000), si_code 0, delivered',
      },
      {
        eventId: 'e2e2e2e2e2e2e2e2',
        at: '2026-11-23T03:02:00.000Z',
        source: 'wtmp',
        kind: 'login',
        text: 'alice logged in on pts/2 from 10.0.0.5',
      },
    ],
    related: { incidentId: 'incident-1', sameActor: 36, hosts: ['web-1', 'web-2'] },
    gaps: ['auditd is not running on web-3'],
    others: [],
    ...change.answer,
  };
}
