import type { Lab } from '../../lab.ts';
import { untilGone } from '../../stage/processes.ts';
import { runToEnd, type Staged } from '../../stage/staged.ts';
import type { Variant } from '../../variant.ts';

/** Where and how a victim waits for its end. */
export type MakeVictim = (lab: Lab) => Promise<Staged>;

export const victimThat =
  (how: string): MakeVictim =>
  (lab) =>
    lab.victim(how);

/** A command that sends a signal to the pid given, and is itself the actor. */
export const sent = (
  name: string,
  command: (pid: number, lab: Lab) => [string, ...string[]],
  make: MakeVictim = victimThat('sleep'),
): Variant => ({
  cause: 'signal-from-process',
  name,
  async run(lab) {
    const victim = await make(lab);
    const [program, ...args] = command(victim.pid, lab);
    const actor = await runToEnd(program, args);
    await untilGone(victim.pid);
    return { pid: victim.pid, actor };
  },
});

/** A sender that another command starts, and that waits until its pid is known. */
export const sentBy = (
  name: string,
  sender: (victim: Staged, lab: Lab) => Promise<Staged>,
  make: MakeVictim = victimThat('sleep'),
): Variant => ({
  cause: 'signal-from-process',
  name,
  async run(lab) {
    const victim = await make(lab);
    const actor = await sender(victim, lab);
    actor.go();
    await Promise.all([actor.gone, untilGone(victim.pid)]);
    return { pid: victim.pid, actor: actor.pid };
  },
});
