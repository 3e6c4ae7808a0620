import type { Process } from '../../process.ts';
import type { Facts } from './facts.ts';

/**
 * Who wrote to cgroup.kill: SIGKILL without siginfo, to one thread, while a living task other than
 * the victim ran. (A dying parent's PDEATHSIG is group-directed, PTRACE_KILL comes from the tracer.)
 * Null when it is not that.
 */
export function cgroupWriter({ signal }: Facts): Process | null {
  if (signal?.signal !== 'SIGKILL' || signal.info !== 'none' || signal.group) return null;
  if (signal.currentIsVictim || signal.currentExiting || signal.currentKernelThread) return null;
  return signal.currentTraces ? null : signal.current;
}
