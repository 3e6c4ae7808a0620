import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { kernelMade, sentBy } from '../../recording/signals.ts';

const nobody = { actor: null, origin: null, incident: null } as const;

/** What stands beside a death and did not cause it: a mark, a thread dump, a message, a key. */
export const bareCoincidences: Scenario = {
  name: 'marks, thread dumps, messages and keys beside a death that they did not cause',
  play(stage) {
    const host = stage.host('near-1');
    host.heartbeat(-10_000);
    const quentin = login(host, {
      ...{ user: 'quentin', uid: 1020, from: '10.0.0.77', tty: 'pts/3', session: 40 },
      loginMs: -600_000,
    });

    // The kernel marks who is dying already, to give it memory to die with.
    const dying = host.process({ comm: 'indexer', cgroup: '/system.slice/indexer.service' });
    const kill = quentin.run(['kill', '-9', `${dying.pid}`], 0);
    host.dies(dying, 30, { oomMarked: true, signals: [sentBy(kill, 'SIGKILL', 2)] });
    stage.truth(host, dying, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: kill.pid, comm: 'kill', user: 'quentin' },
      origin: { type: 'login-session', user: 'quentin', from: '10.0.0.77' },
      incident: 'quentin',
    });

    // A thread dump, and the end of the batch job soon after.
    const java = host.process({ comm: 'java', exe: '/usr/bin/java' });
    const dump = quentin.run(['kill', '-3', `${java.pid}`], 60_000);
    host.dies(java, 69_000, {
      exit: { code: 0, signal: null, coreDumped: false },
      signals: [sentBy(dump, 'SIGQUIT', 60_002)],
    });
    stage.truth(host, java, { cause: 'exit-ok', confidence: 'proven', ...nobody });

    // It had asked to be told of messages; whoever sent one only ran then.
    const reader = host.process({ comm: 'mq-reader' });
    const writer = quentin.run(['mq-writer'], 120_000);
    host.dies(reader, 120_004, { signals: [sentBy(writer, 'SIGUSR1', 120_003, { code: -3 })] });
    stage.truth(host, reader, { cause: 'unknown', confidence: 'unknown', ...nobody });

    // Ctrl-C dropped a line at its prompt, long before it was left.
    const psql = host.process({ comm: 'psql', cmdline: ['psql', 'shop'], tty: 'pts/3' });
    const kworker = host.process({ comm: 'kworker/u8:2' });
    host.dies(psql, 240_000, {
      exit: { code: 0, signal: null, coreDumped: false },
      signals: [kernelMade('SIGINT', 180_000, kworker, { currentKernelThread: true })],
    });
    stage.truth(host, psql, { cause: 'exit-ok', confidence: 'proven', ...nobody });
  },
};
