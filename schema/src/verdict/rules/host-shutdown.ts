import { near } from '../facts/nearby.ts';
import { isServiceManager } from '../facts/service-manager.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

const shutdownWithinMs = 120_000;

/** The host was going down: systemd-shutdown's last round, or systemd while a shutdown is on record. */
export const hostShutdown: Rule = {
  find({ sender, death, evidence, decisive }) {
    if (!decisive || !sender) return null;
    const record =
      near(evidence, 'shutdown', death, shutdownWithinMs)[0] ??
      // The agent asked systemd when it was told to stop itself.
      near(evidence, 'agent-stop', death, shutdownWithinMs).find((stop) => stop.hostStopping);
    const lastRound = sender.comm === 'systemd-shutdow' || sender.comm === 'systemd-shutdown';
    if (!lastRound && !(record && isServiceManager(sender))) return null;
    return {
      cause: 'host-shutdown',
      confidence: decisive.certainty,
      clause: `was ended${timeInWords(death.at)} because the host was shut down`,
      actor: null,
      cites: record ? [record] : [],
    };
  },
};
