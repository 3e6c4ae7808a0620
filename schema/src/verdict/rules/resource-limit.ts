import type { Facts } from '../facts/facts.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const msPerSecond = 1000;
const clockDifferenceMs = 200;

/** It passed a limit of its own (setrlimit(2)): processor time, real-time, or file size. */
export const resourceLimit: Rule = {
  find(facts) {
    const limit = limitOf(facts);
    if (!limit) return null;
    return {
      cause: 'resource-limit',
      confidence: 'proven',
      clause: `was ended by ${facts.signal?.signal}${timeInWords(facts.death.at)} because it reached its limit of ${limit}`,
      actor: null,
      advice: [
        'Read its limits in /proc/PID/limits of a new instance, or `ulimit -a` where it is started.',
      ],
    };
  },
};

function limitOf({ signal, death }: Facts): string | null {
  if (!signal?.currentIsVictim || signal.info === 'user') return null;
  if (signal.signal === 'SIGXCPU') return 'processor time (RLIMIT_CPU or RLIMIT_RTTIME)';
  if (signal.signal === 'SIGXFSZ') return 'file size (RLIMIT_FSIZE)';
  const byKernel = signal.signal === 'SIGKILL' && signal.info === 'kernel' && !death.oomMarked;
  return byKernel && usedUp(death)
    ? `processor time (hard RLIMIT_CPU, ${death.cpuLimitS} s)`
    : null;
}

/** The limit counts in whole seconds, and the kernel's two clocks of processor time differ by some ticks. */
function usedUp({ cpuTimeMs, cpuLimitS }: Facts['death']): boolean {
  if (cpuTimeMs == null || cpuLimitS == null) return false;
  return cpuTimeMs >= cpuLimitS * msPerSecond - clockDifferenceMs;
}
