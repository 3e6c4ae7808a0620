import type { RawEvent } from '../../../source.ts';
import { shutdownLine } from '../host/shutdown.ts';
import { base, type Matcher, type Message, nothing } from '../message.ts';
import { pendingExits } from './pending-exits.ts';
import { type UnitFacts, unitFacts, unitJob, unitName } from './unit-line.ts';

const oomdKills = /: systemd-oomd killed /;
const oldFailed = /^Unit (\S+) entered failed state\.?$/;

/** systemd, as pid 1 or as a user's manager, about its units. */
export function systemdMatcher(): Matcher {
  const exits = pendingExits();

  return {
    push(message) {
      const said = named(message.text);
      if (!said) return otherLine(message);
      const { unit, facts } = said;
      if (facts.state === 'process-exited') exits.set(unit, facts);
      else if (facts.state !== 'failed') exits.passed(unit);
      const oomd = oomdKills.test(message.text) ? [oomdKill(message, unit)] : nothing;
      const exit = facts.state === 'failed' ? exits.failed(unit, facts.result) : null;
      return [...oomd, unitEvent(message, unit, exit ? { ...exit, ...facts } : facts)];
    },
    flush: () => nothing,
  };
}

/** `UNIT: what` or, before v226, `UNIT what`. */
function named(text: string): { unit: string; facts: UnitFacts } | null {
  const old = oldFailed.exec(text);
  if (old?.[1] && unitName.test(old[1])) return { unit: old[1], facts: { state: 'failed' } };
  const blank = text.indexOf(' ');
  if (blank < 0) return null;
  const first = text.slice(0, blank);
  const unit = first.endsWith(':') ? first.slice(0, -1) : first;
  if (!unitName.test(unit)) return null;
  const facts = unitFacts(text.slice(blank + 1).trim());
  return facts ? { unit, facts } : null;
}

function otherLine(message: Message): readonly RawEvent[] {
  const job = unitJob(message.text);
  if (job) return [unitEvent(message, job.unit, { state: job.state })];
  const shutdown = shutdownLine(message);
  return shutdown ? [shutdown] : nothing;
}

function unitEvent(message: Message, unit: string, facts: UnitFacts): RawEvent {
  const { state, ...rest } = facts;
  return { kind: 'unit', ...base(message), unit, state, ...rest, text: message.text };
}

function oomdKill(message: Message, unit: string): RawEvent {
  return {
    kind: 'oom-daemon-kill',
    ...base(message),
    daemon: 'systemd-oomd',
    pid: null,
    comm: null,
    cgroup: null,
    unit,
    signal: null,
    text: message.text,
  };
}
