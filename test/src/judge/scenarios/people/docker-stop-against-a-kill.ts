import type { RecordedHost } from '../../recording/host.ts';
import { lineageOf, login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

/** `docker stop` and somebody's kill meet in one second: who came first with what decides. */
export const dockerStopAgainstAKill: Scenario = {
  name: "docker stop against a person's kill at the same second",
  play(stage) {
    const host = stage.host('docker-1');
    host.heartbeat(-10_000);
    const carol = login(host, {
      ...{ user: 'carol', uid: 1003, from: '10.0.0.7', tty: 'pts/1', session: 9 },
      loginMs: -300_000,
    });
    const shim = shimOf(host);
    const runc = (ms: number) =>
      host.process({ comm: 'runc', startMs: ms, cmdline: ['runc', 'kill'] }, lineageOf(shim));
    const inside = () =>
      host.process({ comm: 'api', container: 'f00dcafe0123', unit: 'docker-f00dcafe0123.scope' });

    // The runtime asks, the person does not wait for the answer.
    const impatient = inside();
    const kill = carol.run(['kill', '-9', `${impatient.pid}`], 400, { uid: 0, user: 'root' });
    host.dies(impatient, 402, {
      signals: [sentBy(runc(0), 'SIGTERM', 5), sentBy(kill, 'SIGKILL', 401)],
    });
    stage.truth(host, impatient, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: kill.pid, comm: 'kill', user: 'root' },
      origin: { type: 'login-session', user: 'carol', from: '10.0.0.7' },
      incident: 'carol',
    });

    // The person asks, the runtime kills: its SIGKILL was first, the person's found nobody.
    const ignored = inside();
    const late = carol.run(['kill', '-9', `${ignored.pid}`], 60_003, { uid: 0, user: 'root' });
    const byRuntime = runc(60_000);
    host.dies(ignored, 60_004, {
      signals: [
        sentBy(byRuntime, 'SIGKILL', 60_001),
        sentBy(late, 'SIGKILL', 60_003, { result: 'pending' }),
      ],
    });
    stage.truth(host, ignored, {
      cause: 'container-stopped',
      confidence: 'proven',
      actor: { pid: byRuntime.pid, comm: 'runc', user: 'root' },
      origin: { type: 'container-runtime' },
      incident: null,
    });

    // Both ask politely, and it leaves with 143. While one request is pending, an equal one is none.
    const exit = { code: 143, signal: null, coreDumped: false };
    const stopped = inside();
    const after = carol.run(['kill', `${stopped.pid}`], 120_002, { uid: 0, user: 'root' });
    const first = runc(120_000);
    host.dies(stopped, 120_400, {
      exit,
      signals: [
        sentBy(first, 'SIGTERM', 120_001),
        sentBy(after, 'SIGTERM', 120_003, { result: 'pending' }),
      ],
    });
    stage.truth(host, stopped, {
      cause: 'container-stopped',
      confidence: 'proven',
      actor: { pid: first.pid, comm: 'runc', user: 'root' },
      origin: { type: 'container-runtime' },
      incident: null,
    });

    const asked = inside();
    const before = carol.run(['kill', `${asked.pid}`], 180_000, { uid: 0, user: 'root' });
    host.dies(asked, 180_400, {
      exit,
      signals: [
        sentBy(before, 'SIGTERM', 180_001),
        sentBy(runc(180_000), 'SIGTERM', 180_003, { result: 'pending' }),
      ],
    });
    stage.truth(host, asked, {
      cause: 'signal-from-process',
      confidence: 'proven',
      actor: { pid: before.pid, comm: 'kill', user: 'root' },
      origin: { type: 'login-session', user: 'carol', from: '10.0.0.7' },
      incident: 'carol asks',
    });
  },
};

function shimOf(host: RecordedHost) {
  return host.process({ comm: 'containerd-shim', unit: 'containerd.service' }, [
    { pid: 1, comm: 'systemd' },
  ]);
}
