import { lineageOf, login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { kernelMade, withoutInfo } from '../../recording/signals.ts';

const nobody = { actor: null, origin: null } as const;

/** cgroup.kill, memory.oom.group and the end of a pid namespace: many die of one act. */
export const wholeCgroups: Scenario = {
  name: 'whole cgroups and namespaces at once',
  play(stage) {
    const host = stage.host('k8s-1', { clockMs: 2_500 });
    host.heartbeat(-10_000);
    const judy = login(host, {
      ...{ user: 'judy', uid: 1013, from: '10.0.0.31', tty: 'pts/7', session: 15 },
      loginMs: -600_000,
    });
    const bash = judy.run(['bash', '-c', 'echo 1 > cgroup.kill'], 0, { uid: 0, user: 'root' });
    for (let index = 0; index < 3; index += 1) {
      const victim = host.process({ comm: `task${index}`, cgroup: '/batch', unit: 'batch.scope' });
      const written = withoutInfo('SIGKILL', 10, bash, { group: false });
      host.dies(victim, 12 + index, { signals: [written] });
      stage.truth(host, victim, {
        cause: 'cgroup-kill',
        confidence: 'proven',
        actor: { pid: bash.pid, comm: 'bash', user: 'root' },
        origin: { type: 'login-session', user: 'judy', from: '10.0.0.31' },
        incident: 'cgroup.kill',
      });
    }

    const pod = { cgroup: '/kubepods/pod1', unit: null };
    const hungry = host.process({ comm: 'hungry', ...pod });
    const mate = host.process({ comm: 'mate', ...pod });
    host.tells('oom-kill', 'kmsg', 60_000, {
      ...{ pid: hungry.pid, comm: 'hungry', constraint: 'memcg', oomMemcg: '/kubepods/pod1' },
      ...{ limitKb: 262_144, usageKb: 262_144, invokedBy: 'mate', group: true },
    });
    host.tells('oom-kill', 'kmsg', 60_001, {
      ...{ pid: mate.pid, comm: 'mate', constraint: 'memcg', oomMemcg: '/kubepods/pod1' },
      group: true,
    });
    for (const [place, victim] of [hungry, mate].entries()) {
      const made = kernelMade('SIGKILL', 60_000, place === 0 ? mate : null);
      host.dies(victim, 60_020 + place, { oomMarked: true, signals: [made] });
      stage.truth(host, victim, {
        cause: 'oom-cgroup',
        confidence: 'proven',
        ...nobody,
        incident: 'memory of pod1',
      });
    }

    const init = host.process({ comm: 'tini', innerPid: 1, container: 'c0ffee' });
    const inner = host.process({ comm: 'inner', container: 'c0ffee' }, lineageOf(init));
    const taken = kernelMade('SIGKILL', 120_000, init, { currentExiting: true });
    host.dies(inner, 120_002, { signals: [taken] });
    stage.truth(host, inner, {
      cause: 'parent-died',
      confidence: 'proven',
      actor: { pid: init.pid, comm: 'tini', user: 'root' },
      origin: { type: 'unknown' },
      incident: null,
    });
  },
};
