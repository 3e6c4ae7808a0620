import type { EventOf } from '../../event/event.ts';
import type { Facts } from '../facts/facts.ts';
import { isHostItself } from '../facts/host-itself.ts';
import { printable } from '../words/printable.ts';
import type { Finding, Rule } from './rule.ts';

const silenceWithinMs = 5_000;
/** The agent notes every half minute that its host lives, and a heartbeat comes every 15 s. */
const slackMs = 120_000;

/** The host came up again, and nothing says that it was shut down: the next boot shows it, silence does not. */
export const hostCrash: Rule = {
  find(facts) {
    if (!isHostItself(facts.victim)) return null;
    const boot = nextBoot(facts);
    switch (boot?.previousEnd) {
      case 'panic':
      case 'no-record':
        return crashed(facts, boot);
      case 'shutdown':
        return shutDown(facts, boot);
      default:
        return wentSilent(facts, boot);
    }
  },
};

/** The first boot after it, if the boot before that was alive until about then. */
function nextBoot({ evidence, death }: Facts): EventOf<'boot'> | null {
  const diedMs = Date.parse(death.at ?? '');
  const boots = evidence.filter(
    (event): event is EventOf<'boot'> =>
      event.kind === 'boot' &&
      event.source === 'agent' &&
      Date.parse(event.at ?? '') >= diedMs - silenceWithinMs &&
      Date.parse(event.previousSeenAt ?? event.at ?? '') <= diedMs + slackMs,
  );
  return boots.sort((a, b) => Date.parse(a.at ?? '') - Date.parse(b.at ?? ''))[0] ?? null;
}

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

const time = (instant: string): string =>
  `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} UTC`;

function between({ previousSeenAt, at }: EventOf<'boot'>): string {
  return previousSeenAt && at
    ? ` between ${time(previousSeenAt)}, its last sign of life, and its boot at ${time(at)}`
    : '';
}

/** It went silent, and the next boot knows that it was told to end. */
const shutDown = ({ host }: Facts, boot: EventOf<'boot'>): Finding => ({
  cause: 'host-shutdown',
  confidence: 'likely',
  subject: `The host ${printable(host)}`,
  clause: `was shut down${between(boot)} (${printable(boot.text ?? '')})`,
  actor: null,
  cites: [boot],
});

/** The hub's own record that a host is not heard any more, or was not for a while. */
function wentSilent({ host, evidence, death }: Facts, boot: EventOf<'boot'> | null): Finding {
  const silences = evidence.filter(
    (event): event is EventOf<'gap'> =>
      event.kind === 'gap' && event.source === 'hub' && beginsWith(event, death.at),
  );
  const over = boot
    ? undefined
    : silences.find(({ of, until }) => of === 'agent' && until !== null);
  const silence = over ?? silences.find(({ of }) => of === 'host');
  return {
    cause: 'unknown',
    confidence: 'unknown',
    subject: `The host ${printable(host)}`,
    clause: over ? heardAgain(over) : stillSilent(silence, boot),
    actor: null,
    cites: [...(silence ? [silence] : []), ...(boot ? [boot] : [])],
  };
}

const beginsWith = ({ since }: EventOf<'gap'>, at: string | null): boolean =>
  Math.abs(Date.parse(since ?? '') - Date.parse(at ?? '')) <= silenceWithinMs;

const heardAgain = ({ since, until }: EventOf<'gap'>): string =>
  `was not heard from ${time(since ?? '')} to ${time(until ?? '')} and did not boot meanwhile: its network or its agent failed, not the host`;

function stillSilent(silence: EventOf<'gap'> | undefined, boot: EventOf<'boot'> | null): string {
  if (boot) return `went down${between(boot)}, and nothing says how`;
  return silence ? `is silent: ${printable(silence.reason)}` : 'went down, and nothing says how';
}
