import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

const victims = 37;

/** One `pkill -9 -f python` hits 37 processes, while another person's kill and a crash go on beside it. */
export const overBroadKill: Scenario = {
  name: 'an over-broad kill of many, and strangers at the same second',
  play(stage) {
    const host = stage.host('ml-1', { clockMs: -60_000 });
    host.heartbeat(-10_000);
    const alice = login(host, {
      ...{ user: 'alice', uid: 1001, from: '10.0.0.5', tty: 'pts/2', session: 11 },
      loginMs: -600_000,
    });
    const bob = login(host, {
      ...{ user: 'bob', uid: 1002, from: '10.0.0.6', tty: 'pts/3', session: 12 },
      loginMs: -500_000,
    });
    const pkill = alice.run(['pkill', '-9', '-f', 'python'], 0, { uid: 0, user: 'root' });
    for (let index = 0; index < victims; index += 1) {
      const python = host.process({ comm: 'python3', uid: 1100 + index, user: `user${index}` });
      host.tells('kill-syscall', 'audit', 5 + index, {
        ...{ signal: 'SIGKILL', senderPid: pkill.pid, senderComm: 'pkill', success: true },
        ...{ targetPid: python.pid, targetComm: 'python3', auid: 1001, session: 11 },
      });
      host.dies(python, 10 + index, { signals: [sentBy(pkill, 'SIGKILL', 5 + index)] });
      stage.truth(host, python, {
        cause: 'signal-from-process',
        confidence: 'proven',
        actor: { pid: pkill.pid, comm: 'pkill', user: 'root' },
        origin: { type: 'login-session', user: 'alice', from: '10.0.0.5' },
        incident: 'pkill',
      });
    }
    const nano = host.process({ comm: 'nano', uid: 1002, user: 'bob' });
    const kill = bob.run(['kill', '-9', `${nano.pid}`], 12);
    host.dies(nano, 14, { signals: [sentBy(kill, 'SIGKILL', 13)] });
    stage.truth(host, nano, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: kill.pid, comm: 'kill', user: 'bob' },
      origin: { type: 'login-session', user: 'bob', from: '10.0.0.6' },
      incident: 'bob',
    });
  },
};
