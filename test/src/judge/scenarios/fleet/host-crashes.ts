import type { RecordedHost } from '../../recording/host.ts';
import type { Scenario } from '../../recording/recording.ts';

const hostItself = { pid: 0, comm: 'host' };
const nobody = { actor: null, origin: null } as const;
const minuteMs = 60_000;

/** A rack loses its power and comes up host by host; another host panics, others are only booted. */
export const hostCrashes: Scenario = {
  name: 'hosts crash, and their next boots tell of it',
  play(stage) {
    for (const [place, name] of ['rack-1', 'rack-2', 'rack-3'].entries()) {
      const host = stage.host(name, { clockMs: place * 500, upMs: 40 * minuteMs });
      boots(host, (20 + place * 4) * minuteMs, place * 9_000, 'no-record');
      stage.truth(host, hostItself, {
        ...{ cause: 'host-crash', confidence: 'likely', ...nobody },
        incident: 'the rack',
      });
    }

    const panicked = stage.host('alone-1', { upMs: 40 * minuteMs });
    boots(panicked, 190 * minuteMs, 180 * minuteMs, 'panic');
    stage.truth(panicked, hostItself, {
      ...{ cause: 'host-crash', confidence: 'proven', ...nobody },
      incident: 'the panic',
    });

    boots(stage.host('tidy-1'), 25 * minuteMs, 20 * minuteMs, 'shutdown');
    boots(stage.host('mute-1'), 26 * minuteMs, 20 * minuteMs, 'not-known');
  },
};

/** It came up at a time, and had been seen last before; its agent says how that boot ended. */
function boots(
  host: RecordedHost,
  ms: number,
  seenMs: number,
  previousEnd: 'shutdown' | 'panic' | 'no-record' | 'not-known',
): void {
  host.heartbeat(ms + 5_000);
  host.tells('boot', 'agent', ms, {
    ...{ bootId: host.bootId, previousBootId: 'before', previousEnd },
    ...{ previousSeenAt: host.clocks(seenMs).at, text: `said to be ${previousEnd}` },
  });
  host.heartbeat(ms + 20_000);
}
