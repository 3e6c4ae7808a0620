import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { onlyChild, pidNamed, untilGone } from '../../stage/processes.ts';
import { readyPid, stage } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';

/** All of the host's memory: what is available is always less. */
const memoryKb = (): string =>
  /^MemTotal:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1] ?? '';

/** A real earlyoom that takes memory for short; in its pid namespace there is nobody but the victim. */
const killedAt = (name: string, limits: () => string): Variant => ({
  cause: 'oom-daemon',
  name,
  async run(lab) {
    const path = lab.nextVictim();
    const script = `"$0" sleep & read line; exec earlyoom -r 0 -M ${limits()}`;
    const unshare = ['--pid', '--mount-proc', '--fork', '--kill-child', 'sh', '-c', script, path];
    const outer = await stage('unshare', unshare);
    await readyPid(outer);
    const pid = await pidNamed(basename(path));
    const actor = onlyChild(outer.pid);
    outer.go();
    await untilGone(pid);
    outer.child.kill('SIGKILL');
    await outer.gone;
    return { pid, actor };
  },
});

export const earlyoomVariants: readonly Variant[] = [
  killedAt('earlyoom, below its first limit', () => `${memoryKb()},1`),
  killedAt('earlyoom, below its second limit', () => `${memoryKb()},${memoryKb()}`),
];
