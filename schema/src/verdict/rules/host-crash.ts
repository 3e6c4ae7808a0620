import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { isHostItself } from '../facts/host-itself.ts';
import { near } from '../facts/nearby.ts';
import { printable } from '../words/printable.ts';
import type { Finding, Rule } from './rule.ts';

const bootWithinMs = 5_000;

/** The host came up again, and nothing says that it was shut down: the next boot shows it, silence does not. */
export const hostCrash: Rule = {
  find(facts) {
    if (!isHostItself(facts.victim)) return null;
    const boot = near(facts.evidence, 'boot', facts.death, bootWithinMs).find(
      ({ source, previousEnd }) => source === 'agent' && isCrash(previousEnd),
    );
    return boot ? crashed(facts, boot) : wentSilent(facts);
  },
};

const isCrash = (end: EventOf<'boot'>['previousEnd']): boolean =>
  end === 'panic' || end === 'no-record';

function crashed({ host }: Facts, boot: EventOf<'boot'>): Finding {
  const panicked = boot.previousEnd === 'panic';
  return {
    cause: 'host-crash',
    confidence: panicked ? 'proven' : 'likely',
    subject: `The host ${printable(host)}`,
    clause: panicked
      ? `crashed${between(boot)}: ${printable(boot.text ?? 'the kernel left a dump')}`
      : `went down${between(boot)} without a shutdown on record (${printable(boot.text ?? '')}): a crash, a reset or a loss of power`,
    actor: null,
    cites: [boot],
  };
}

function between({ previousSeenAt, at }: EventOf<'boot'>): string {
  const time = (instant: string) =>
    `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  return previousSeenAt && at
    ? ` between ${time(previousSeenAt)}, its last sign of life, and its boot at ${time(at)}`
    : '';
}

/** The hub's own record that a host is not heard any more. */
function wentSilent({ host, evidence, death }: Facts): Finding {
  const silence = near(evidence, 'gap', death, bootWithinMs).find(({ source }) => source === 'hub');
  return {
    cause: 'unknown',
    confidence: 'unknown',
    subject: `The host ${printable(host)}`,
    clause: silence ? `is silent: ${printable(silence.reason)}` : 'went down, and nothing says how',
    actor: null,
    cites: silence ? [silence] : [],
  };
}
