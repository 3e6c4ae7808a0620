import type { EventOf } from '../../event/event.ts';
import type { Facts } from './facts.ts';
import { between, msBefore } from './nearby.ts';

type UnitEvent = EventOf<'unit'>;

/** systemd writes the line just before it sends the signal. */
const lineBeforeMs = 10_000;
/** A core takes its time. */
const coreWithinMs = 60_000;
/** How a unit ended is said when all of its processes have. */
const resultWithinMs = 5_000;
/** ExecStop= may run this long before there is a signal. */
const stopBeforeMs = 120_000;
const slackMs = 1_000;

/** The stop of the victim's unit as systemd began it: of this life of the victim, before the signal. */
export function stoppingOf(facts: Facts): UnitEvent | null {
  return told(facts, stopBeforeMs, slackMs).find(({ state }) => state === 'stopping') ?? null;
}

/** That its unit was stopped: the beginning and the end. */
export function stopsOf(facts: Facts): UnitEvent[] {
  const stopped = afterwards(facts).filter(({ state }) => state.startsWith('stopped'));
  return [stoppingOf(facts), ...stopped].filter((event) => event !== null);
}

const timeouts: ReadonlySet<string> = new Set(['timeout', 'watchdog']);

/** What systemd says of a time that its unit let pass: just before the signal, or as the result. */
export function timeoutsOf(facts: Facts): UnitEvent[] {
  return [
    ...told(facts, toldWithinMs(facts), slackMs).filter(({ state }) => timeouts.has(state)),
    ...afterwards(facts).filter(
      ({ state, result }) => !timeouts.has(state) && timeouts.has(result ?? ''),
    ),
  ];
}

/** A time that systemd gives a unit. */
export type Patience = 'watchdog' | 'runtime' | 'start' | 'stop';

/** Which of its times a unit let pass, by what systemd says of it; without its word, that to stop. */
export function patienceOf(said: readonly UnitEvent[]): Patience {
  const isSaid = (pattern: RegExp) => said.some(({ text }) => pattern.test(text ?? ''));
  if (said.some(({ state, result }) => state === 'watchdog' || result === 'watchdog'))
    return 'watchdog';
  if (isSaid(/reached runtime time limit/)) return 'runtime';
  return isSaid(/start operation timed out|State 'start/) ? 'start' : 'stop';
}

/** Where the signal is not on record, the end is told when the core is written. */
const toldWithinMs = ({ signal, death }: Facts): number =>
  signal === null && death.exit.signal === 'SIGABRT' ? coreWithinMs : lineBeforeMs;

/** `Sent signal SIGKILL to main process 4121 (nginx) on client request.`: systemctl kill. */
export function killRequest(facts: Facts): UnitEvent | null {
  const { signal, victim } = facts;
  const requests = told(facts, lineBeforeMs, slackMs).filter(
    ({ state, pid, status }) =>
      state === 'kill-requested' &&
      pid === victim.pid &&
      (status == null || status === signal?.signal),
  );
  return requests[0] ?? null;
}

/** About its unit as it was then, around the signal or else the end, nearest first. */
function told(facts: Facts, beforeMs: number, afterMs: number): UnitEvent[] {
  const { evidence, death, victim, signal } = facts;
  const moment = signal ?? death;
  if (!victim.unit) return [];
  const all = between(evidence, 'unit', moment, beforeMs, afterMs).filter(
    (event) => event.unit === victim.unit,
  );
  const livedMs = death.lifetimeMs ?? Number.POSITIVE_INFINITY;
  const beganMs = all
    .filter(({ state }) => starts.has(state))
    .map((event) => msBefore(event, moment) ?? 0)
    .filter((ms) => ms > 0);
  // What was said before the unit started, or the victim, is about an instance before.
  return all.filter(
    (event) =>
      (msBefore(event, death) ?? 0) <= livedMs + slackMs &&
      (msBefore(event, moment) ?? 0) <= Math.min(...beganMs),
  );
}

const starts: ReadonlySet<string> = new Set(['starting', 'started', 'restarting']);

function afterwards({ evidence, death, victim }: Facts): UnitEvent[] {
  return between(evidence, 'unit', death, slackMs, resultWithinMs).filter(
    ({ unit }) => victim.unit && unit === victim.unit,
  );
}
