import { login } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

const hosts = 40;
const worstClockMs = 90_000;

/** `ansible all -b -m shell -a 'pkill -9 java'` by one person: one act, though the clocks disagree by minutes. */
export const ansibleFanOut: Scenario = {
  name: 'ansible fan-out kills java on 40 hosts with clocks up to 90 s off',
  play(stage) {
    for (let index = 0; index < hosts; index += 1) {
      // Spread over both signs, the ends included.
      const clockMs = Math.round(worstClockMs * ((2 * index) / (hosts - 1) - 1));
      const host = stage.host(`app-${index}`, { clockMs });
      host.heartbeat(-60_000);
      host.heartbeat(-45_000);
      const ms = index * 700;
      const session = login(host, {
        user: 'deploy',
        uid: 1001,
        from: '10.0.9.9',
        session: 100 + index,
        loginMs: ms - 1500,
        addressFromRecords: index % 3 === 0,
      });
      const pkill = session.run(['pkill', '-9', 'java'], ms, { uid: 0, user: 'root' });
      const java = host.process({ comm: 'java', uid: 900, user: 'app', unit: 'app.service' });
      host.dies(java, ms + 12, { signals: [sentBy(pkill, 'SIGKILL', ms + 10)] });
      stage.truth(host, java, {
        cause: 'signal-from-process',
        confidence: 'proven',
        actor: { pid: pkill.pid, comm: 'pkill', user: 'root' },
        origin: { type: 'login-session', user: 'deploy', from: '10.0.9.9' },
        incident: 'the fan-out',
      });
    }
  },
};
