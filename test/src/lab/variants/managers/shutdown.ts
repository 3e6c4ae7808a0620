import { basename, join } from 'node:path';
import { bootMachine } from '../../stage/machine.ts';
import { pidNamed, untilGone } from '../../stage/processes.ts';
import { readyPid } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';

/** A machine of its own is powered off; the victim belongs to no unit, so that the last round meets it. */
const powerOff = (name: string, how: string): Variant => ({
  cause: 'host-shutdown',
  name,
  async run(lab) {
    const own = lab.nextName();
    const machine = await bootMachine(join(lab.programs.folder, own), own);
    try {
      const path = lab.nextVictim();
      // Its parent goes: nsenter would stop itself when the last round stops its child.
      const victim = await machine.stage('sh', '-c', '"$0" "$1" &', path, how);
      await readyPid(victim);
      const pid = await pidNamed(basename(path));
      const actor = await machine.ask('systemctl', '--no-block', 'poweroff', '--force');
      await untilGone(pid);
      return { pid, actor, asked: true };
    } finally {
      await machine.stop();
    }
  },
});

export const shutdownVariants: readonly Variant[] = [
  powerOff('the last round of systemd-shutdown', 'sleep'),
  powerOff('the last round, for one that ignores SIGTERM', 'ignore-term'),
];
