import type { EventOf } from '@coroner/schema/event/event';
import type { Process } from '@coroner/schema/process';
import type { RecordedHost } from '../../recording/host.ts';
import { lineageOf, login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

const container = 'f00dcafe'.repeat(8);
const systemdFacts = { actor: { pid: 1, comm: 'systemd', user: 'root' } };

/** Managers end what somebody asks them to end; others ask too, and are refused. */
export const asked: Scenario = {
  name: 'who asked systemd and docker, and who was refused',
  play(stage) {
    const host = stage.host('svc-2');
    host.heartbeat(-10_000);
    const systemd = host.process({ comm: 'systemd', pid: 1, startMs: -30 * 86_400_000 });
    const alice = login(host, {
      ...{ user: 'alice', uid: 1001, from: '10.0.0.8', tty: 'pts/3', session: 11 },
      loginMs: -300_000,
    });
    const mallory = login(host, {
      ...{ user: 'mallory', uid: 1066, from: '10.0.0.66', tty: 'pts/6', session: 12 },
      loginMs: -200_000,
    });

    const web = host.process({ comm: 'web', unit: 'web.service' });
    const stop = ['systemctl', 'stop', 'web'];
    asks(host, mallory.run(stop, -2_000), -2_000, -1_950, 4, unit('web.service'));
    const byAlice = alice.run(stop, 0, { uid: 0, user: 'root' });
    asks(host, byAlice, 0, 320, 0, unit('web.service'));
    host.dies(web, 300, { signals: [sentBy(systemd, 'SIGTERM', 5)] });
    stage.truth(host, web, {
      cause: 'service-stopped',
      confidence: 'proven',
      actor: { pid: byAlice.pid, comm: 'systemctl', user: 'root' },
      origin: { type: 'login-session', user: 'alice', from: '10.0.0.8' },
      atLeast: { cause: 'service-stopped', ...systemdFacts },
      incident: null,
    });

    // What it depends on went away: nobody asked for it but her who might not.
    const cache = host.process({ comm: 'cache', unit: 'cache.service' });
    const refused = mallory.run(['systemctl', 'stop', 'cache'], 60_000);
    asks(host, refused, 60_000, 60_040, 4, unit('cache.service'));
    host.dies(cache, 61_200, { signals: [sentBy(systemd, 'SIGTERM', 61_000)] });
    stage.truth(host, cache, {
      ...{ cause: 'service-stopped', confidence: 'proven', ...systemdFacts },
      ...{ origin: { type: 'unknown' }, incident: null },
    });

    const api = host.process({ comm: 'api', container });
    const docker = alice.run(['docker', 'stop', 'api'], 120_000);
    asks(host, docker, 120_000, 120_300, 0, {
      ...{ of: 'container', action: 'stop', targets: ['api'], ids: [container] },
    });
    const shim = host.process({ comm: 'containerd-shim', unit: 'containerd.service' });
    const runc = host.process({ comm: 'runc', startMs: 120_020 }, lineageOf(shim));
    host.dies(api, 120_200, { signals: [sentBy(runc, 'SIGTERM', 120_030)] });
    stage.truth(host, api, {
      cause: 'container-stopped',
      confidence: 'proven',
      actor: { pid: docker.pid, comm: 'docker', user: 'alice' },
      origin: { type: 'login-session', user: 'alice', from: '10.0.0.8' },
      atLeast: {
        cause: 'container-stopped',
        actor: { pid: runc.pid, comm: 'runc', user: 'root' },
        origin: { type: 'container-runtime' },
      },
      incident: null,
    });
  },
};

type Named = Pick<EventOf<'request'>, 'of' | 'action' | 'targets' | 'ids'>;

const unit = (name: string): Named => ({ of: 'unit', action: 'stop', targets: [name] });

/** Told at the exec, and again at the end. */
function asks(
  host: RecordedHost,
  by: Process,
  ms: number,
  endMs: number,
  exitCode: number,
  what: Named,
): void {
  const request = { by, waits: true, ...what };
  host.tells('request', 'probe', ms, request);
  const endedUs = host.clocks(endMs).bootUs;
  host.tells('request', 'probe', ms, { ...request, endedUs, exitCode }, endMs + 200);
}
