import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { kernelMade, sentBy } from '../../recording/signals.ts';

const dayMs = 86_400_000;

/** Pids, terminals and sessions had other owners before: yesterday's records say nothing about today. */
export const reusedNumbers: Scenario = {
  name: 'pids, terminals and sessions that had other owners before',
  play(stage) {
    const host = stage.host('reuse-1');
    host.heartbeat(-10_000);
    const frank = login(host, {
      ...{ user: 'frank', uid: 1010, from: '10.0.0.20', tty: 'pts/1', session: 5 },
      loginMs: -120_000,
    });
    // Who had the same sshd pid and terminal yesterday.
    const before = { tty: 'pts/1', pid: frank.sshd.pid, service: 'sshd' };
    host.tells('login', 'journal', -dayMs, { user: 'grace', from: '10.9.9.9', ...before }, -60_000);
    host.tells('login', 'journal', -dayMs, { user: 'frank', from: '10.8.8.8', ...before }, -60_000);
    const victim = host.process({ comm: 'etl', uid: 1010, user: 'frank', startMs: -30_000 });
    // The victim's pid was somebody else's, and that was killed by somebody else.
    host.tells('kill-syscall', 'audit', -40_000, {
      ...{ signal: 'SIGKILL', senderPid: 77, senderComm: 'kill', senderUid: 1011, success: true },
      ...{ targetPid: victim.pid, targetComm: 'old' },
    });
    const old = host.process({ comm: 'old', pid: victim.pid, startMs: -dayMs });
    host.tells('oom-kill', 'kmsg', -50_000, { pid: old.pid, comm: 'old', constraint: 'none' });
    host.dies(old, -49_990, {
      oomMarked: true,
      signals: [kernelMade('SIGKILL', -50_000, frank.shell)],
    });
    stage.truth(host, old, {
      cause: 'oom-host',
      confidence: 'proven',
      actor: null,
      origin: null,
      incident: 'memory',
    });
    const kill = frank.run(['kill', '-9', `${victim.pid}`], 0);
    host.dies(victim, 4, { signals: [sentBy(kill, 'SIGKILL', 3)] });
    stage.truth(host, victim, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: kill.pid, comm: 'kill', user: 'frank' },
      origin: { type: 'login-session', user: 'frank', from: '10.0.0.20' },
      incident: 'frank',
    });
  },
};
