import { lineageOf, login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { kernelMade, sentBy } from '../../recording/signals.ts';

const hourMs = 3_600_000;

/** The connection drops during a long job: the foreground dies of the kernel's SIGHUP, a job of bash's. */
export const sshDrop: Scenario = {
  name: 'an ssh drop during a long job',
  play(stage) {
    const host = stage.host('login-1', { clockMs: 3_000 });
    host.heartbeat(-10_000);
    const dave = login(host, {
      ...{ user: 'dave', uid: 1004, from: '192.0.2.8', tty: 'pts/5', session: 21 },
      loginMs: -5 * hourMs,
    });
    const tools = { startMs: -4 * hourMs, uid: 1004, user: 'dave', sid: dave.shell.pid };
    const train = host.process(
      { comm: 'python3', cmdline: ['python3', 'train.py'], tty: 'pts/5', ...people, ...tools },
      lineageOf(dave.shell),
    );
    const tar = host.process(
      { comm: 'tar', cmdline: ['tar', 'cf', 'b.tar'], tty: 'pts/5', ...people, ...tools },
      lineageOf(dave.shell),
    );
    host.dies(train, 4, { signals: [kernelMade('SIGHUP', 2, dave.sshd)] });
    const orphan = {
      ...dave.shell,
      sid: dave.shell.pid,
      tty: null,
      ancestry: [{ pid: 1, comm: 'systemd' }],
    };
    host.dies(tar, 9, { signals: [sentBy(orphan, 'SIGHUP', 7)] });
    host.tells('logout', 'journal', 20, { user: 'dave', from: '192.0.2.8', pid: dave.sshd.pid });
    const nobody = { cause: 'hangup', actor: null, origin: null, incident: null } as const;
    stage.truth(host, train, { ...nobody, confidence: 'proven' });
    stage.truth(host, tar, { ...nobody, confidence: 'likely' });
  },
};

const people = { auid: 1004, auditUser: 'dave', auditSession: 21, remote: '192.0.2.8' };
