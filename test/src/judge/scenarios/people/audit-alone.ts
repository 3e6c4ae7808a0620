import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

/** The ring overflowed: the death is known, its signals are lost, and the audit log has to do. */
export const auditAlone: Scenario = {
  name: 'the audit log alone knows the sender, or two of them',
  play(stage) {
    const host = stage.host('audit-1');
    host.heartbeat(-10_000);
    const heidi = login(host, {
      ...{ user: 'heidi', uid: 1012, from: '10.0.0.30', tty: 'pts/4', session: 14 },
      loginMs: -600_000,
    });
    host.tells('login', 'audit', -600_000, {
      ...{ user: 'heidi', from: '10.0.0.30', session: 14, service: 'sshd', pid: heidi.sshd.pid },
    });
    const ended = { exit: { code: null, signal: 'SIGKILL', coreDumped: false }, signalsLost: 1 };
    const record = { signal: 'SIGKILL', success: true, syscall: 'kill' };

    const one = host.process({ comm: 'one' });
    const kill = heidi.run(['kill', '-9', `${one.pid}`], 0);
    const byHeidi = { senderPid: kill.pid, senderComm: 'kill', senderUid: 1012 };
    const ofHer = { senderUser: 'heidi', auditUser: 'heidi', auid: 1012, session: 14 };
    host.tells('kill-syscall', 'audit', 2, { ...record, ...byHeidi, ...ofHer, targetPid: one.pid });
    host.dies(one, 4, ended);
    stage.truth(host, one, {
      cause: 'signal-from-process',
      confidence: 'likely',
      actor: { pid: kill.pid, comm: 'kill', user: 'heidi' },
      origin: { type: 'login-session', user: 'heidi', from: '10.0.0.30' },
      incident: 'heidi',
    });

    // Both calls succeeded, for a dying process may still be signalled: nobody can say whose it was.
    const two = host.process({ comm: 'two' });
    for (const senderPid of [901, 902])
      host.tells('kill-syscall', 'audit', 60_000 + senderPid, {
        ...{ ...record, senderPid, senderComm: 'kill', targetPid: two.pid },
      });
    host.dies(two, 60_903, ended);
    stage.truth(host, two, {
      cause: 'unknown',
      confidence: 'unknown',
      actor: null,
      origin: null,
      incident: null,
    });

    // The call was refused, and the sender who was not is not on record.
    const three = host.process({ comm: 'three' });
    host.tells('kill-syscall', 'audit', 120_000, {
      ...{ ...record, success: false, senderPid: 903, senderComm: 'kill', targetPid: three.pid },
    });
    host.dies(three, 120_002, ended);
    stage.truth(host, three, {
      cause: 'unknown',
      confidence: 'unknown',
      actor: null,
      origin: null,
      incident: null,
    });

    // The probe knows whose the first SIGKILL was; the audit record of the second changes nothing.
    const four = host.process({ comm: 'four' });
    const first = heidi.run(['kill', '-9', `${four.pid}`], 180_000);
    const second = host.process({ comm: 'killall' });
    host.tells('kill-syscall', 'audit', 180_003, {
      ...{ ...record, senderPid: second.pid, senderComm: 'killall', targetPid: four.pid },
    });
    host.dies(four, 180_004, {
      signals: [
        sentBy(first, 'SIGKILL', 180_002),
        sentBy(second, 'SIGKILL', 180_003, { result: 'pending' }),
      ],
      exit: { code: null, signal: 'SIGKILL', coreDumped: false },
    });
    stage.truth(host, four, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: first.pid, comm: 'kill', user: 'heidi' },
      origin: { type: 'login-session', user: 'heidi', from: '10.0.0.30' },
      incident: 'heidi again',
    });
  },
};
