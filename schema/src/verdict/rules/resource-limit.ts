import type { FatalSignal } from '../../event/death.ts';
import type { Facts } from '../facts/facts.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

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
  const hard = signal.signal === 'SIGKILL' && signal.info === 'kernel' && !death.oomMarked;
  return hard && death.signals.some(isCpuWarning) ? 'processor time (RLIMIT_CPU, hard)' : null;
}

const isCpuWarning = (signal: FatalSignal): boolean =>
  signal.signal === 'SIGXCPU' && signal.info === 'kernel';
