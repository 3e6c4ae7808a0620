import type { Cause } from '@coroner/schema/cause';
import type { Confidence } from '@coroner/schema/confidence';
import type { Variant } from '../variant.ts';

/** The victim ends by its own doing, when it is told to. */
const own = (
  cause: Cause,
  how: string,
  actor: null | 'self' = null,
  confidence: Confidence = 'proven',
): Variant => ({
  cause,
  name: how,
  confidence,
  async run(lab) {
    const victim = await lab.victim(...(how.split(' ') as [string, ...string[]]));
    victim.go();
    await victim.gone;
    return { pid: victim.pid, actor };
  },
});

export const ownVariants: readonly Variant[] = [
  own('signal-to-self', 'self-kill', 'self'),
  own('signal-to-self', 'self-kill-thread', 'self'),
  own('signal-to-self', 'self-queue', 'self'),
  own('signal-to-self', 'own-group', 'self'),
  own('signal-to-self', 'raise-term', 'self'),
  own('signal-to-self', 'forged-fault', 'self'),
  own('signal-to-self', 'forged-fault-of-thread', 'self'),
  own('abort', 'abort'),
  own('abort', 'abort-thread'),
  own('abort', 'free-twice'),
  own('crash', 'segv'),
  own('crash', 'segv-thread'),
  own('crash', 'write-to-constant'),
  own('crash', 'not-canonical'),
  own('crash', 'jump-to-null'),
  own('crash', 'stack-overflow'),
  own('crash', 'fpe'),
  own('crash', 'ill'),
  own('crash', 'int3'),
  own('crash', 'bus'),
  own('exit-ok', 'exit 0'),
  own('exit-ok', 'exit-well-thread'),
  own('exit-error', 'exit 3'),
  own('exit-error', 'exit-thread'),
  own('last-thread-exited', 'last-thread'),
  own('last-thread-exited', 'only-thread'),
  own('resource-limit', 'cpu-soft'),
  own('resource-limit', 'cpu-hard'),
  own('resource-limit', 'real-time'),
  own('resource-limit', 'real-time-hard'),
  own('resource-limit', 'file-size'),
  own('resource-limit', 'file-length'),
  own('broken-pipe', 'pipe'),
  own('broken-pipe', 'pipe-thread'),
  own('broken-pipe', 'socket'),
  own('timer', 'interval'),
  own('timer', 'alarm'),
  own('timer', 'profile-timer'),
  own('timer', 'virtual-timer'),
  own('timer', 'posix-timer'),
  own('timer', 'thread-timer'),
  own('seccomp', 'seccomp'),
  own('seccomp', 'seccomp-thread'),
  own('seccomp', 'seccomp-trap'),
  own('seccomp', 'seccomp-strict', null, 'possible'),
  // Whoever writes to its input runs when the signal is made, and has no part in it.
  own('unknown', 'input-signal', null, 'unknown'),
  own('unknown', 'input-siginfo', null, 'unknown'),
  own('unknown', 'input-fault', null, 'unknown'),
];
