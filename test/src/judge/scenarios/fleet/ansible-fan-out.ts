import type { Process } from '@coroner/schema/process';
import type { RecordedHost } from '../../recording/host.ts';
import { lineageOf, login, type Session } from '../../recording/people.ts';
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
      const pkill = runModule(host, session, ms);
      const java = host.process({ comm: 'java', uid: 900, user: 'app', unit: 'app.service' });
      host.dies(java, ms + 12, { signals: [sentBy(pkill, 'SIGKILL', ms + 10)] });
      stage.truth(host, java, {
        cause: 'signal-from-process',
        confidence: 'proven',
        actor: { pid: pkill.pid, comm: 'pkill', user: 'root' },
        origin: { type: 'login-session', user: 'deploy', from: '10.0.9.9' },
        through: ['orchestration ansible', 'became-user sudo'],
        incident: 'the fan-out',
      });
    }
  },
};

/** sshd → sh → sudo → sh → the module that ansible has put there → the command. */
function runModule(host: RecordedHost, { own, sshd }: Session, ms: number): Process {
  const module = '/home/deploy/.ansible/tmp/ansible-tmp-1764374400.1-77-1/AnsiballZ_command.py';
  const root = { ...own, uid: 0, user: 'root' };
  const steps = [
    { comm: 'sh', cmdline: ['/bin/sh', '-c', `sudo -H -S -n python3 ${module}`], ...own },
    { comm: 'sudo', cmdline: ['sudo', '-H', '-S', '-n', 'python3', module], ...root },
    { comm: 'python3', cmdline: ['python3', module], ...root },
    { comm: 'pkill', cmdline: ['pkill', '-9', 'java'], ...root },
  ];
  return steps.reduce(
    (parent, step) => host.process({ ...step, startMs: ms }, lineageOf(parent)),
    sshd,
  );
}
