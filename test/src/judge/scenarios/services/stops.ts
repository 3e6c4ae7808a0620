import type { RecordedHost } from '../../recording/host.ts';
import type { Scenario } from '../../recording/recording.ts';
import { kernelMade, own, sentBy } from '../../recording/signals.ts';

const bySystemd = {
  actor: { pid: 1, comm: 'systemd', user: 'root' },
  origin: { type: 'unknown' as const },
};

/** Names that would excuse whoever bears them. */
const impostors = ['systemd', 'systemd-shutdow', 'earlyoom', 'runc', 'conmon'];

/** systemd stops, loses patience, and restarts; a process that calls itself systemd is none. */
export const stops: Scenario = {
  name: 'systemd stops, times out and ends sessions; an impostor does too',
  play(stage) {
    const host = stage.host('svc-1');
    host.heartbeat(-10_000);
    const systemd = systemdOf(host);

    const web = host.process({ comm: 'web', unit: 'web.service' });
    host.tells('unit', 'journal', 0, { unit: 'web.service', state: 'stopping' });
    host.dies(web, 300, { signals: [sentBy(systemd, 'SIGTERM', 5)] });
    stage.truth(host, web, {
      cause: 'service-stopped',
      confidence: 'proven',
      ...bySystemd,
      incident: null,
    });

    const slow = host.process({ comm: 'slow', unit: 'slow.service' });
    host.tells('unit', 'journal', 1_000, { unit: 'slow.service', state: 'stopping' });
    host.tells('unit', 'journal', 91_010, { unit: 'slow.service', state: 'timeout' });
    host.dies(slow, 91_030, {
      signals: [sentBy(systemd, 'SIGTERM', 1_010), sentBy(systemd, 'SIGKILL', 91_020)],
    });
    stage.truth(host, slow, {
      cause: 'service-timeout',
      confidence: 'proven',
      ...bySystemd,
      incident: 'slow',
    });

    const job = host.process({ comm: 'rsync', unit: 'session-4.scope', uid: 1001, user: 'ivan' });
    host.dies(job, 100_010, { signals: [sentBy(systemd, 'SIGTERM', 100_000)] });
    stage.truth(host, job, {
      cause: 'session-ended',
      confidence: 'proven',
      ...bySystemd,
      incident: null,
    });

    for (const [place, comm] of impostors.entries()) {
      const mallory = { uid: 1066, user: 'mallory' };
      const impostor = host.process({ comm, exe: `/home/mallory/${comm}`, ...mallory });
      const mark = host.process({ comm: `mark${place}`, unit: `mark${place}.service`, ...mallory });
      const killedMs = 200_000 + place * 1_000;
      host.dies(mark, killedMs + 10, { signals: [sentBy(impostor, 'SIGKILL', killedMs)] });
      stage.truth(host, mark, {
        cause: 'signal-from-process',
        confidence: 'proven',
        actor: { pid: impostor.pid, comm, user: 'mallory' },
        origin: { type: 'unknown' },
        incident: `impostor ${comm}`,
      });
    }

    const typed = host.process({ comm: 'less', tty: 'pts/9', uid: 1001, user: 'ivan' });
    const kworker = host.process({ comm: 'kworker/u8:1' });
    host.dies(typed, 300_005, {
      signals: [kernelMade('SIGINT', 300_000, kworker, { currentKernelThread: true })],
    });
    stage.truth(host, typed, {
      cause: 'terminal-interrupt',
      confidence: 'proven',
      ...{ actor: null, origin: null, incident: null },
    });

    const broken = host.process({ comm: 'broken', unit: 'broken.service' });
    host.dies(broken, 400_000, {
      exit: { code: null, signal: 'SIGABRT', coreDumped: true },
      signals: [own('SIGABRT', 399_990, -6)],
    });
    stage.truth(host, broken, {
      cause: 'abort',
      confidence: 'proven',
      actor: null,
      origin: null,
      incident: 'abort',
    });
  },
};

const systemdOf = (host: RecordedHost) =>
  host.process({
    comm: 'systemd',
    pid: 1,
    startMs: -30 * 86_400_000,
    exe: '/usr/lib/systemd/systemd',
  });
