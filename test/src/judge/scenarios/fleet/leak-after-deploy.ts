import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { kernelMade, sentBy } from '../../recording/signals.ts';

const hosts = 6;
const minuteMs = 60_000;
const cgroup = '/system.slice/shop.service';

/** A release leaks: the stop for the deploy is expected, the OOM kills an hour later are one incident. */
export const leakAfterDeploy: Scenario = {
  name: 'a memory leak after a deploy',
  play(stage) {
    stage.announces(
      { unit: 'shop.service', reason: 'release 42', author: 'deploy', label: 'deploy' },
      -15 * minuteMs,
      15 * minuteMs,
    );
    for (let index = 0; index < hosts; index += 1) {
      const host = stage.host(`shop-${index}`, { clockMs: index * 400 - 1_000 });
      host.heartbeat(-10_000);
      const systemd = host.process({ comm: 'systemd', pid: 1, startMs: -30 * 86_400_000 });
      const shop = { comm: 'shop', exe: '/opt/shop/bin/shop', uid: 800, user: 'shop' };
      const place = { unit: 'shop.service', cgroup };
      login(host, {
        ...{ user: 'deploy', uid: 1001, from: '10.0.9.9', session: 40 },
        loginMs: index * 900,
      });
      const old = host.process({ ...shop, ...place });
      const stopMs = 2_000 + index * 900;
      host.tells('unit', 'journal', stopMs, { unit: 'shop.service', state: 'stopping' });
      host.tells('package-change', 'packages', stopMs - 400, {
        ...{ manager: 'dpkg', action: 'upgrade', package: 'shop' },
        ...{ fromVersion: '41', toVersion: '42' },
      });
      host.dies(old, stopMs + 800, {
        exit: { code: 0, signal: null, coreDumped: false },
        signals: [sentBy(systemd, 'SIGTERM', stopMs)],
      });
      stage.truth(host, old, {
        cause: 'service-stopped',
        confidence: 'proven',
        actor: { pid: 1, comm: 'systemd', user: 'root' },
        origin: { type: 'unknown' },
        expected: 'release 42',
        incident: null,
      });

      const leakyMs = 60 * minuteMs + index * 25_000;
      const leaky = host.process({ ...shop, ...place, startMs: stopMs + 1_000 });
      host.tells('oom-kill', 'kmsg', leakyMs, {
        ...{ pid: leaky.pid, comm: 'shop', constraint: 'memcg', oomMemcg: cgroup },
        ...{ taskMemcg: cgroup, limitKb: 524_288, usageKb: 524_288, anonRssKb: 520_000 },
        invokedBy: 'shop',
      });
      host.dies(leaky, leakyMs + 30, {
        oomMarked: true,
        peakRssBytes: 536_000_000,
        signals: [kernelMade('SIGKILL', leakyMs, null)],
      });
      host.tells('unit', 'journal', leakyMs + 60, {
        ...{ unit: 'shop.service', state: 'failed', result: 'oom-kill' },
      });
      stage.truth(host, leaky, {
        cause: 'oom-cgroup',
        confidence: 'proven',
        actor: null,
        origin: null,
        incident: 'the leak',
      });
    }
  },
};
