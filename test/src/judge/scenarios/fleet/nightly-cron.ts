import { cronLine, cronRun } from '../../recording/cron.ts';
import { lineageOf } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { sentBy } from '../../recording/signals.ts';

const hosts = 200;
const hourMs = 3_600_000;
/** Where 03:00 comes one after the other; the scenario begins at the first. */
const zones = [
  { timeZone: 'Asia/Tokyo', atMs: 0 },
  { timeZone: 'Europe/Berlin', atMs: 7 * hourMs },
  { timeZone: 'America/New_York', atMs: 13 * hourMs },
] as const;

/** One line of a crontab on every host kills a worker at three in the morning of each host. */
export const nightlyCron: Scenario = {
  name: 'a nightly cron line kills on 200 hosts in three time zones',
  play(stage) {
    for (let index = 0; index < hosts; index += 1) {
      const zone = zones[index % zones.length] ?? zones[0];
      const host = stage.host(`batch-${index}`, { clockMs: (index % 7) * 300 - 900 });
      const job = {
        file: '/etc/cron.d/cleanup',
        line: 3,
        schedule: '0 3 * * *',
        user: 'root',
        command: 'pkill -9 -f worker',
        timeZone: zone.timeZone,
      };
      cronLine(host, job);
      // A second line, which has nothing to do with it.
      cronLine(host, { ...job, line: 4, command: 'logrotate /etc/logrotate.conf' });
      host.heartbeat(zone.atMs - 15_000);
      const ms = zone.atMs + 40 + (index % 11) * 90;
      const shell = cronRun(host, job, ms);
      const pkill = host.process(
        { comm: 'pkill', startMs: ms + 10, cmdline: ['pkill', '-9', '-f', 'worker'] },
        lineageOf(shell),
      );
      const worker = host.process({ comm: 'worker', uid: 950, user: 'jobs', startMs: -hourMs });
      host.dies(worker, ms + 30, { signals: [sentBy(pkill, 'SIGKILL', ms + 28)] });
      stage.truth(host, worker, {
        cause: 'signal-from-process',
        confidence: 'proven',
        actor: { pid: pkill.pid, comm: 'pkill', user: 'root' },
        origin: { type: 'cron', file: '/etc/cron.d/cleanup', line: 3 },
        again: { at: '03:00', timeZone: zone.timeZone },
        incident: zone.timeZone,
      });
    }
  },
};
