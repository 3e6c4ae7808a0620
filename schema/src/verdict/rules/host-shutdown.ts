import { weaker } from '../../confidence.ts';
import type { Process } from '../../process.ts';
import { askedFor } from '../facts/asked.ts';
import { enderOf } from '../facts/ender.ts';
import { hostStopping } from '../facts/host-stopping.ts';
import { isServiceManager } from '../facts/service-manager.ts';
import { isSystemProgram } from '../facts/system-program.ts';
import { isWatched } from '../facts/watched.ts';
import { askedInWords } from '../words/asked.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const init = 1;
/** Sources that have a record of each shutdown. */
const records: readonly string[] = ['journal', 'logins'];

/** The host was going down: systemd-shutdown's last round, or systemd while a shutdown is on record. */
export const hostShutdown: Rule = {
  find(facts) {
    const ender = enderOf(facts);
    if (!ender || !facts.decisive) return null;
    const isLast = isLastRound(ender);
    if (!isLast && !isServiceManager(ender)) return null;
    const stopping = hostStopping(facts);
    if (!isLast && !stopping) return null;
    const { certainty } = facts.decisive;
    const asked = askedInWords(askedFor(facts, 'host'), '');
    const isFirm = isLast || stopping?.hadBegun;
    return {
      cause: 'host-shutdown',
      confidence: isFirm ? certainty : weaker<typeof certainty>('likely', certainty),
      clause: `was ended${timeInWords(facts.death.at)} because the host was shut down${asked.clause}`,
      actor: asked.actor,
      ...asked.certainty,
      cites: [...(stopping ? [stopping.sign] : []), ...asked.cites],
    };
  },
  ruledOut(facts) {
    const ender = enderOf(facts);
    if (!ender || !isServiceManager(ender) || hostStopping(facts)) return [];
    if (!isWatched(facts, records)) return [];
    return [{ cause: 'host-shutdown', because: 'no shutdown of the host is on record then' }];
  },
};

/** Pid 1, of the host or of a container, becomes systemd-shutdown; anybody else may be called so. */
function isLastRound(process: Process): boolean {
  if (!/^systemd-shutdown?$/.test(process.comm)) return false;
  return process.pid === init || (process.innerPid === init && isSystemProgram(process));
}
