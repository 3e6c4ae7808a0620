import type { Cause } from '@coroner/schema/cause';
import type { Variant } from '../variant.ts';

/** The victim ends by its own doing, when it is told to. */
const own = (
  cause: Cause,
  how: string,
  actor: null | 'self' = null,
  ...args: string[]
): Variant => ({
  cause,
  name: [how, ...args].join(' '),
  async run(lab) {
    const victim = await lab.victim(how, ...args);
    victim.go();
    await victim.gone;
    return { pid: victim.pid, actor };
  },
});

export const ownVariants: readonly Variant[] = [
  own('signal-to-self', 'self-kill', 'self'),
  own('signal-to-self', 'raise-term', 'self'),
  own('abort', 'abort'),
  own('crash', 'segv'),
  own('crash', 'segv-thread'),
  own('crash', 'fpe'),
  own('crash', 'ill'),
  own('crash', 'bus'),
  own('exit-ok', 'exit', null, '0'),
  own('exit-error', 'exit', null, '3'),
  own('exit-error', 'exit-thread'),
  own('last-thread-exited', 'last-thread'),
  own('resource-limit', 'cpu-soft'),
  own('resource-limit', 'cpu-hard'),
  own('resource-limit', 'file-size'),
  own('broken-pipe', 'pipe'),
  own('timer', 'alarm'),
  own('timer', 'profile-timer'),
  own('timer', 'posix-timer'),
  own('seccomp', 'seccomp'),
];
