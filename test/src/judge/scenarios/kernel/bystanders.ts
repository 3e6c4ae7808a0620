import { lineageOf } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { kernelMade, own, withoutInfo } from '../../recording/signals.ts';

const nobody = { actor: null, origin: null, incident: null } as const;

/** Signals that the kernel made by itself, each while somebody innocent happened to run. */
export const bystanders: Scenario = {
  name: 'timers, pipes and dying parents: whoever ran is innocent',
  play(stage) {
    const host = stage.host('trap-1');
    host.heartbeat(-10_000);
    const postgres = host.process({ comm: 'postgres', uid: 999, user: 'postgres' });

    const alarmed = host.process({ comm: 'watch-alarm' });
    host.dies(alarmed, 1_000, { signals: [kernelMade('SIGALRM', 1_000, postgres)] });
    const timed = host.process({ comm: 'posix-timer' });
    const byTimer = { ...kernelMade('SIGUSR1', 2_000, postgres), info: 'user' as const, code: -2 };
    host.dies(timed, 2_000, { signals: [byTimer] });
    for (const victim of [alarmed, timed])
      stage.truth(host, victim, { cause: 'timer', confidence: 'proven', ...nobody });

    const piped = host.process({ comm: 'yes' });
    host.dies(piped, 3_000, { signals: [withoutInfo('SIGPIPE', 3_000, null, { group: false })] });
    stage.truth(host, piped, { cause: 'broken-pipe', confidence: 'proven', ...nobody });

    const supervisor = host.process({ comm: 'supervisor' });
    const child = host.process({ comm: 'worker' }, lineageOf(supervisor));
    const farewell = withoutInfo('SIGKILL', 4_000, supervisor, { currentExiting: true });
    host.dies(child, 4_001, { signals: [farewell] });
    stage.truth(host, child, {
      cause: 'parent-died',
      confidence: 'proven',
      actor: { pid: supervisor.pid, comm: 'supervisor', user: 'root' },
      origin: { type: 'unknown' },
      incident: null,
    });

    const faulty = host.process({ comm: 'php', exe: '/usr/bin/php' });
    host.dies(faulty, 5_000, { signals: [own('SIGSEGV', 5_000, 1, { address: '10' })] });
    stage.truth(host, faulty, {
      cause: 'crash',
      confidence: 'proven',
      actor: null,
      origin: null,
      incident: 'php',
    });
  },
};
