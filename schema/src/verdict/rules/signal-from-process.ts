import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import { runOfSender } from '../facts/package-work.ts';
import { senderOf } from '../facts/sender.ts';
import { workloadEnd } from '../facts/workload.ts';
import { agreed } from '../words/agreed.ts';
import { duration } from '../words/duration.ts';
import { endedBySignal } from '../words/ended.ts';
import type { Rule } from './rule.ts';

/** The kernel recorded who sent the signal that ended it. */
export const signalFromProcess: Rule = {
  find(facts) {
    if (!facts.decisive || !facts.sender) return null;
    // A batch scheduler ends the steps of its jobs itself.
    const end = facts.sender.comm === 'slurmstepd' ? workloadEnd(facts) : null;
    return {
      cause: 'signal-from-process',
      confidence: facts.decisive.certainty,
      clause: `${endedBySignal(facts)} by {actor}${end?.words ?? ''}${agreed(facts)}`,
      actor: facts.sender,
      cites: [...runOfSender(facts), ...(end?.cites ?? [])],
    };
  },
  ruledOut({ death, decisive }) {
    const { signal, code } = death.exit;
    const isSeen = death.source === 'probe' && death.signalsLost === 0;
    if (!isSeen || decisive || signal !== null || code === null) return [];
    const caught = death.signals.filter(({ result }) => result === 'delivered');
    const sent = caught.filter((one) => senderOf(one)).at(-1);
    if (caught.length > 0 && !sent) return [];
    return [
      {
        cause: 'signal-from-process',
        because: sent
          ? `the ${sent.signal} that it caught ${duration(msSince(sent, death))} before is not taken for the reason`
          : 'the kernel recorded no signal that it could have ended for',
      },
    ];
  },
};

const usPerMs = 1000;
const msSince = (signal: FatalSignal, death: DeathEvent): number =>
  ((death.bootUs ?? 0) - (signal.lastBootUs ?? signal.bootUs)) / usPerMs;
