import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { own, sentBy } from '../../recording/signals.ts';

const ofBash = { loginMs: -300_000 };

/** What is ignored, handled long before, or only follows from another signal, is no cause. */
export const nearMisses: Scenario = {
  name: 'near misses: ignored signals, old requests and follow-on signals accuse nobody',
  play(stage) {
    const host = stage.host('app-near', { clockMs: 700 });
    host.heartbeat(-10_000);
    const mallory = login(host, {
      ...{ user: 'mallory', uid: 1066, from: '203.0.113.66', tty: 'pts/6', session: 66 },
      ...ofBash,
    });
    const olivia = login(host, {
      ...{ user: 'olivia', uid: 1001, from: '10.0.0.40', tty: 'pts/2', session: 11 },
      ...ofBash,
    });
    const byOlivia = (pid: number) => ({
      actor: { pid, comm: 'kill', user: 'olivia' },
      origin: { type: 'login-session' as const, user: 'olivia', from: '10.0.0.40' },
    });

    // A hangup that is ignored, then the kill of another person.
    const stubborn = host.process({ comm: 'stubborn', uid: 1001, user: 'olivia' });
    const vain = mallory.run(['kill', '-1', `${stubborn.pid}`], 0);
    const kill = olivia.run(['kill', '-9', `${stubborn.pid}`], 900);
    host.dies(stubborn, 1_003, {
      signals: [
        sentBy(vain, 'SIGHUP', 2, { result: 'ignored' }),
        sentBy(vain, 'SIGKILL', 950, { result: 'ignored' }),
        sentBy(kill, 'SIGKILL', 1_002),
      ],
    });
    stage.truth(host, stubborn, {
      cause: 'signal-from-process',
      confidence: 'proven',
      ...byOlivia(kill.pid),
      incident: 'olivia kills',
    });

    // It caught SIGTERM, cleaned up and raised it again: the one who asked did it.
    const tidy = host.process({ comm: 'tidy', uid: 1001, user: 'olivia' });
    const ask = olivia.run(['kill', `${tidy.pid}`], 60_000);
    host.dies(tidy, 60_300, {
      signals: [
        sentBy(ask, 'SIGTERM', 60_001),
        own('SIGTERM', 60_299, -6, { result: 'delivered' }),
      ],
    });
    stage.truth(host, tidy, {
      cause: 'signal-from-process',
      confidence: 'proven',
      ...byOlivia(ask.pid),
      incident: 'olivia stops',
    });

    // It had survived a SIGTERM for an hour, and then left by itself.
    const patient = host.process({ comm: 'patient', uid: 1001, user: 'olivia' });
    const old = mallory.run(['kill', `${patient.pid}`], -3_600_000);
    host.dies(patient, 120_000, {
      exit: { code: 1, signal: null, coreDumped: false },
      signals: [sentBy(old, 'SIGTERM', -3_599_990)],
    });
    stage.truth(host, patient, {
      cause: 'exit-error',
      confidence: 'proven',
      ...{ actor: null, origin: null, incident: null },
    });
  },
};
