import { weaker } from '../../confidence.ts';
import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import type { Facts } from '../facts/facts.ts';
import type { Certainty } from '../facts/reaction.ts';
import { caught } from '../words/ended.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';
import { sentInstead } from './sent-instead.ts';

const msPerSecond = 1000;
const clockDifferenceMs = 200;
/** On a busy machine the ticks that the limit counts are some way off the time that was used. */
const roughShare = 0.5;

/** It passed a limit of its own (setrlimit(2)): processor time, real-time, or file size. */
export const resourceLimit: Rule = {
  find(facts) {
    const limit = limitOf(facts);
    if (!limit) return null;
    return {
      cause: 'resource-limit',
      confidence: weaker<Certainty>(limit.confidence, facts.decisive?.certainty ?? 'proven'),
      clause: `was ended by ${facts.signal?.signal}${timeInWords(facts.death.at)} because it reached its limit of ${limit.of}${caught(facts)}`,
      actor: null,
    };
  },
  ruledOut: sentInstead('resource-limit', ['SIGXCPU', 'SIGXFSZ'], 'a limit'),
};

interface Limit {
  of: string;
  confidence: 'proven' | 'likely';
}

function limitOf({ signal, death }: Facts): Limit | null {
  if (!signal?.currentIsVictim || signal.info === 'user') return null;
  if (signal.signal === 'SIGXFSZ')
    return signal.info === 'none' ? { of: 'file size (RLIMIT_FSIZE)', confidence: 'proven' } : null;
  if (signal.info !== 'kernel' || death.oomMarked) return null;
  if (signal.signal === 'SIGXCPU') return softLimit(signal, death);
  return signal.signal === 'SIGKILL' ? hardLimit(signal, death) : null;
}

function softLimit({ timed }: FatalSignal, death: DeathEvent): Limit | null {
  if (timed) return { of: 'processor time (RLIMIT_CPU)', confidence: 'proven' };
  if (isRealTimeUp(death))
    return { of: 'real-time processing without sleep (RLIMIT_RTTIME)', confidence: 'proven' };
  if (timed === false) return null;
  return { of: 'processor time (RLIMIT_CPU or RLIMIT_RTTIME)', confidence: 'proven' };
}

function hardLimit({ timed }: FatalSignal, death: DeathEvent): Limit | null {
  if (isRealTimeUp(death))
    return { of: 'real-time processing without sleep (hard RLIMIT_RTTIME)', confidence: 'proven' };
  const confidence = timed && death.cpuLimitS != null ? 'proven' : usedUp(death);
  if (timed === false || !confidence) return null;
  return { of: `processor time (hard RLIMIT_CPU, ${death.cpuLimitS} s)`, confidence };
}

/** What the kernel compared when it sent that signal. */
const isRealTimeUp = ({ realTimeUs, realTimeLimitUs }: DeathEvent): boolean =>
  realTimeUs != null && realTimeLimitUs != null && realTimeUs >= realTimeLimitUs;

/** The limit counts ticks, in whole seconds; what is recorded is the time to the nanosecond. */
function usedUp({ cpuTimeMs, cpuLimitS }: DeathEvent): Limit['confidence'] | null {
  if (cpuTimeMs == null || cpuLimitS == null) return null;
  const limitMs = cpuLimitS * msPerSecond;
  if (cpuTimeMs >= limitMs - clockDifferenceMs) return 'proven';
  return cpuTimeMs >= limitMs * roughShare ? 'likely' : null;
}
