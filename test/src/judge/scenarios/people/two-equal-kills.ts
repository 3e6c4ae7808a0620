import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

/** Two people type the same `kill -9` in the same second; one of them may not (EPERM). */
export const twoEqualKills: Scenario = {
  name: 'two equal kills, one of which failed with EPERM',
  play(stage) {
    const host = stage.host('db-1');
    host.heartbeat(-10_000);
    const bob = login(host, person('bob', 1002, '10.0.0.6', 'pts/3', 12));
    const alice = login(host, person('alice', 1001, '10.0.0.5', 'pts/2', 11));
    const postgres = host.process({ comm: 'postgres', uid: 999, user: 'postgres' });
    const argv = ['kill', '-9', `${postgres.pid}`];
    const refused = bob.run(argv, 80);
    const done = alice.run(argv, 100, { uid: 0, user: 'root' });
    const record = { signal: 'SIGKILL', targetPid: postgres.pid, cmdline: argv, syscall: 'kill' };
    host.tells('kill-syscall', 'audit', 85, {
      ...record,
      senderPid: refused.pid,
      senderComm: 'kill',
      senderUid: 1002,
      success: false,
    });
    host.tells('kill-syscall', 'audit', 105, {
      ...record,
      senderPid: done.pid,
      senderComm: 'kill',
      senderUid: 0,
      success: true,
    });
    host.dies(postgres, 106, { signals: [sentBy(done, 'SIGKILL', 105)] });
    stage.truth(host, postgres, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: done.pid, comm: 'kill', user: 'root' },
      origin: { type: 'login-session', user: 'alice', from: '10.0.0.5' },
      incident: 'alice',
    });
  },
};

const person = (user: string, uid: number, from: string, tty: string, session: number) => ({
  ...{ user, uid, from, tty, session },
  loginMs: -600_000,
});
