import type { FatalSignal } from '../../event/death.ts';
import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { isKernelsWord } from '../facts/logged.ts';
import { near } from '../facts/nearby.ts';
import { isFromSelf } from '../facts/sender.ts';
import { printable } from '../words/printable.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

/** BUS_MCEERR_AR, BUS_MCEERR_AO. */
const memoryErrorCodes: ReadonlySet<number> = new Set([4, 5]);
const lineWithinMs = 5_000;

/** A memory page failed in hardware: the code of its SIGBUS says so, or the kernel that it killed for it. */
export const hardwareMemory: Rule = {
  find(facts) {
    const line = failureLine(facts);
    const isCoded = facts.signal !== null && tellsOfMemory(facts.signal);
    if (!isCoded && !line) return null;
    const isKernels = isCoded || (line !== undefined && isKernelsWord(line));
    return {
      cause: 'hardware-memory',
      confidence: isKernels ? (facts.decisive?.certainty ?? 'proven') : 'likely',
      clause: `was killed by the kernel${timeInWords(facts.death.at)} because of a memory error in the hardware${isKernels ? '' : ', according to a log into which others may write'}`,
      actor: null,
      cites: line ? [line] : [],
      advice: line?.pfn
        ? [
            `Page 0x${printable(line.pfn)} of ${printable(facts.host)} failed: \`ras-mc-ctl --errors\` there names its module.`,
          ]
        : [],
    };
  },
};

/** Others cannot send such a code, rt_sigqueueinfo(2); itself it can. */
function tellsOfMemory(signal: FatalSignal): boolean {
  const { info, code } = signal;
  const isCoded = info === 'user' && code !== null && memoryErrorCodes.has(code);
  return signal.signal === 'SIGBUS' && isCoded && !isFromSelf(signal);
}

/** Of the kernel about this process, where nothing else is recorded to have sent the signal. */
function failureLine(facts: Facts): EventOf<'memory-failure'> | undefined {
  const { evidence, death, victim, signal } = facts;
  const isOfKernel = signal === null || signal.info === 'kernel' || tellsOfMemory(signal);
  const { signal: name } = death.exit;
  if (!isOfKernel || (name !== 'SIGBUS' && name !== 'SIGKILL')) return undefined;
  return near(evidence, 'memory-failure', death, lineWithinMs).find(
    (event) => event.pid === victim.pid && event.comm === victim.comm,
  );
}
