import type { FatalSignal } from '../../event/death.ts';
import type { Facts } from '../facts/facts.ts';
import { senderOf } from '../facts/sender.ts';
import type { Patience } from '../facts/unit-events.ts';
import { duration } from '../words/duration.ts';
import { printable } from '../words/printable.ts';

const usPerMs = 1000;
const settings: Readonly<Record<Patience, string>> = {
  watchdog: 'WatchdogSec',
  runtime: 'RuntimeMaxSec',
  start: 'TimeoutStartSec',
  stop: 'TimeoutStopSec',
};

/** Which time of which unit was up, and how long it was where that is recorded. */
export function patienceAdvice(facts: Facts, patience: Patience): string[] {
  const { unit } = facts.victim;
  if (!unit) return [];
  const givenMs = patience === 'stop' ? timeToStopMs(facts) : null;
  const now = givenMs === null ? '' : ` (it had ${duration(givenMs)})`;
  return [`The time that was up is ${settings[patience]}= of ${printable(unit)}${now}.`];
}

/** From systemd's SIGTERM to its SIGKILL. */
function timeToStopMs({ death, signal }: Facts): number | null {
  const isOfManager = (one: FatalSignal) => senderOf(one)?.pid === signal?.current?.pid;
  const asked = death.signals.find((one) => one.signal === 'SIGTERM' && isOfManager(one));
  return asked && signal && signal !== asked ? (signal.bootUs - asked.bootUs) / usPerMs : null;
}
