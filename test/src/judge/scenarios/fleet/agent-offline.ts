import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

const minuteMs = 60_000;

/** The agent is away when it happens: with its probe left in the kernel, and with nothing left at all. */
export const agentOffline: Scenario = {
  name: 'the agent is offline during the kill',
  play(stage) {
    const pinned = stage.host('edge-1', { clockMs: 40_000 });
    pinned.heartbeat(-60_000);
    const erin = login(pinned, {
      ...{ user: 'erin', uid: 1005, from: '10.0.0.9', tty: 'pts/0', session: 3 },
      loginMs: -30 * minuteMs,
    });
    const killall = erin.run(['killall', '-9', 'redis-server'], 0, { uid: 0, user: 'root' });
    const redis = pinned.process({ comm: 'redis-server', unit: 'redis.service' });
    const backMs = 20 * minuteMs;
    pinned.dies(redis, 3, { signals: [sentBy(killall, 'SIGKILL', 2)], sentMs: backMs });
    pinned.tells('gap', 'agent', backMs, {
      ...{ of: 'agent', since: pinned.clocks(-50_000).at, until: pinned.clocks(backMs).at },
      ...{ lost: null, reason: 'the agent was killed' },
    });
    pinned.heartbeat(backMs);
    stage.truth(pinned, redis, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: killall.pid, comm: 'killall', user: 'root' },
      origin: { type: 'login-session', user: 'erin', from: '10.0.0.9' },
      incident: 'erin',
    });

    // Only systemd wrote anything down, and SIGKILL names nobody.
    const blind = stage.host('edge-2');
    blind.heartbeat(-60_000);
    const line = { unit: 'mysql.service', code: 'killed', status: '9/KILL', backfilled: true };
    blind.tells('unit', 'journal', 0, { ...line, state: 'process-exited' }, backMs);
    blind.heartbeat(backMs);
    stage.truth(
      blind,
      { pid: 0, comm: 'mysql' },
      {
        cause: 'unknown',
        confidence: 'unknown',
        actor: null,
        origin: null,
        incident: null,
      },
    );
  },
};
