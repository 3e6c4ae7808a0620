import type { Process } from '@coroner/schema/process';
import { lineageOf } from '../../recording/people.ts';
import type { Scenario } from '../../recording/recording.ts';
import { kernelMade, own, withoutInfo } from '../../recording/signals.ts';

const nobody = { actor: null, origin: null, incident: null } as const;
const exited = (code: number) => ({ exit: { code, signal: null, coreDumped: false } });

/** What ended by itself, or by the kernel for what it was or did: nobody else is behind it. */
export const ownEnds: Scenario = {
  name: 'limits, filters, bad memory, bad programs and exits: nobody did it',
  play(stage) {
    const host = stage.host('own-1', { clockMs: -800 });
    host.heartbeat(-10_000);
    let ms = 0;
    const next = (comm: string, facts: Partial<Process> = {}): Process => {
      ms += 60_000;
      return host.process({ comm, exe: `/usr/bin/${comm}`, ...facts });
    };

    const sorting = next('sort-all');
    const limit = { cpuTimeMs: 10_400, cpuLimitS: 10, exitGroup: true };
    host.dies(sorting, ms, { ...limit, signals: [kernelMade('SIGKILL', ms, null)] });
    stage.truth(host, sorting, { cause: 'resource-limit', confidence: 'proven', ...nobody });

    const writing = next('dumper');
    host.dies(writing, ms, { signals: [withoutInfo('SIGXFSZ', ms, null, { group: false })] });
    stage.truth(host, writing, { cause: 'resource-limit', confidence: 'proven', ...nobody });

    const filtered = next('renderer');
    host.dies(filtered, ms, { signals: [own('SIGSYS', ms, 1)] });
    stage.truth(host, filtered, {
      ...{ cause: 'seccomp', confidence: 'proven', ...nobody },
      incident: 'renderer',
    });

    const reader = next('reader');
    host.tells('memory-failure', 'kmsg', ms - 1, { pid: reader.pid, comm: 'reader', pfn: '7ab3' });
    host.dies(reader, ms, { signals: [own('SIGBUS', ms, 4, { address: '7ab3000' })] });
    stage.truth(host, reader, {
      ...{ cause: 'hardware-memory', confidence: 'proven', ...nobody },
      incident: 'reader',
    });

    const broken = next('launcher');
    host.dies(broken, ms, { exec: 'failed', signals: [own('SIGSEGV', ms, 128)] });
    stage.truth(host, broken, { cause: 'exec-failed', confidence: 'proven', ...nobody });

    const shell = host.process({ comm: 'sh', cmdline: ['sh', '-c', 'no-such-tool'] });
    const missing = next('sh', { ancestry: lineageOf(shell) });
    host.dies(missing, ms, { exec: 'never', ...exited(127) });
    stage.truth(host, missing, { cause: 'exec-failed', confidence: 'likely', ...nobody });

    const weary = next('weary');
    host.dies(weary, ms, { signals: [own('SIGKILL', ms, 0, { group: true })] });
    stage.truth(host, weary, {
      ...{ cause: 'signal-to-self', confidence: 'proven', incident: null },
      actor: { pid: weary.pid, comm: 'weary', user: 'root' },
      origin: { type: 'unknown' },
    });

    const done = next('backup');
    host.dies(done, ms, { ...exited(0), exitGroup: true });
    stage.truth(host, done, { cause: 'exit-ok', confidence: 'proven', ...nobody });

    const failed = next('importer');
    host.dies(failed, ms, { ...exited(3), exitGroup: true });
    stage.truth(host, failed, { cause: 'exit-error', confidence: 'proven', ...nobody });

    const threads = next('pool');
    host.dies(threads, ms, { ...exited(0), exitGroup: false });
    stage.truth(host, threads, { cause: 'last-thread-exited', confidence: 'proven', ...nobody });

    const keyed = next('anything');
    host.tells('sysrq', 'kmsg', ms - 5, { action: 'kill-all' });
    host.dies(keyed, ms, { signals: [kernelMade('SIGKILL', ms, keyed)] });
    stage.truth(host, keyed, { cause: 'sysrq', confidence: 'proven', ...nobody });
  },
};
