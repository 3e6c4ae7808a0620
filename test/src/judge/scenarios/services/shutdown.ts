import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

const services = 5;

/** A host is shut down: nobody killed what systemd then ended. */
export const shutdown: Scenario = {
  name: 'a shutdown ends all services of a host',
  play(stage) {
    const host = stage.host('old-1', { clockMs: 12_000 });
    host.heartbeat(-10_000);
    const systemd = host.process({ comm: 'systemd', pid: 1, startMs: -30 * 86_400_000 });
    host.tells('shutdown', 'wtmp', 0, { how: 'reboot' });
    for (let index = 0; index < services; index += 1) {
      const service = host.process({ comm: `svc${index}`, unit: `svc${index}.service` });
      host.dies(service, 500 + index * 40, { signals: [sentBy(systemd, 'SIGTERM', 400)] });
      stage.truth(host, service, {
        cause: 'host-shutdown',
        confidence: 'proven',
        // That systemd sent it is proven without the record of the shutdown too.
        atLeast: {
          cause: 'service-stopped',
          actor: { pid: 1, comm: 'systemd', user: 'root' },
        },
        ...{ actor: null, origin: null, incident: null },
      });
    }
  },
};
