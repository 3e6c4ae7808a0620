import type { Event, EventOf } from '../../event/event.ts';
import type { Facts } from './facts.ts';
import { between, msBefore } from './nearby.ts';
import { stoppingOf } from './unit-events.ts';

type Sign = EventOf<'shutdown'> | EventOf<'agent-stop'>;

export interface HostStopping {
  sign: Sign;
  /** It had begun when the signal was sent. */
  hadBegun: boolean;
}

/** Services are given 90 s to stop; wtmp is written when all of them have. */
const longestMs = 120_000;
const afterWtmpMs = 10_000;
const soonAfterMs = 30_000;
/** wtmp and text logs have whole seconds. */
const slackMs = 1_000;
const usPerMs = 1000;

/** The host was being shut down when the victim was told to stop; null where it was not, or its unit was stopped before. */
export function hostStopping(facts: Facts): HostStopping | null {
  const { signal, death } = facts;
  if (!signal) return null;
  const [sign] = signsAround(facts).sort(
    (a, b) => (msBefore(b, death) ?? 0) - (msBefore(a, death) ?? 0),
  );
  if (!sign) return null;
  const stopping = stoppingOf(facts);
  if (stopping && (msBefore(stopping, sign) ?? 0) > slackMs) return null;
  return { sign, hadBegun: (msBefore(sign, signal) ?? -Infinity) >= -slackMs };
}

function signsAround({ evidence, death }: Facts): Sign[] {
  const records = between(evidence, 'shutdown', death, longestMs, soonAfterMs).filter(
    (record) => record.source !== 'wtmp' || (msBefore(record, death) ?? 0) <= afterWtmpMs,
  );
  // The agent asked systemd when it was told to stop itself.
  const stops = between(evidence, 'agent-stop', death, longestMs, soonAfterMs).filter(
    ({ hostStopping: isStopping }) => isStopping,
  );
  return [...records, ...stops].filter((sign) => isSameBoot(sign, death, evidence));
}

/** What was written before the host booted, or with a boot in between, is about another boot. */
function isSameBoot(sign: Sign, death: Facts['death'], evidence: readonly Event[]): boolean {
  const ms = msBefore(sign, death) ?? 0;
  if (typeof death.bootUs === 'number' && ms * usPerMs > death.bootUs) return false;
  return !evidence.some((event) => {
    if (event.kind !== 'boot') return false;
    const sinceBootMs = msBefore(event, death);
    return sinceBootMs !== null && sinceBootMs > Math.min(ms, 0) && sinceBootMs < Math.max(ms, 0);
  });
}
