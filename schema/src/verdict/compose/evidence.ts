import type { FatalSignal } from '../../event/death.ts';
import type { Event } from '../../event/event.ts';
import type { Evidence } from '../../http/answer.ts';
import type { Facts } from '../facts/facts.ts';
import { isOomVictim } from '../facts/oom-report.ts';
import { isFault, senderOf } from '../facts/sender.ts';
import { typedAbout } from '../facts/typed.ts';
import { command } from '../words/command.ts';
import { printable } from '../words/printable.ts';
import { eventInWords } from './event-in-words.ts';

/** What the verdict rests on: the record of the death, its signals, the calls behind them, what the finding cites, and what was typed. */
export function evidenceOf(facts: Facts, cited: readonly Event[]): Evidence[] {
  const { death, decisive } = facts;
  const signals = death.signals.map((signal) => ({
    eventId: death.id,
    at: signal.at,
    source: death.source,
    kind: 'signal',
    text: signalInWords(signal, signal === decisive?.signal),
  }));
  const others = [...new Set([...facts.calls, ...cited, ...typedAbout(facts)])].map((event) => ({
    eventId: event.id,
    at: event.at,
    source: event.source,
    kind: event.kind,
    text: eventInWords(event),
  }));
  const end = {
    eventId: death.id,
    at: death.at,
    source: death.source,
    kind: 'death',
    text: endInWords(facts),
  };
  return [...signals, ...others, end];
}

function endInWords(facts: Facts): string {
  const { exit, oomMarked } = facts.death;
  const mark = !oomMarked
    ? ''
    : isOomVictim(facts)
      ? '; chosen by the OOM killer'
      : '; chosen by the OOM killer too, while it was dying already';
  if (exit.signal !== null)
    return `ended by ${exit.signal}${exit.coreDumped ? ', core dumped' : ''}${mark}`;
  return exit.code === null
    ? `${exit.byItself ? 'exited' : 'ended'}, exit status not known${mark}`
    : `exit code ${exit.code}${mark}`;
}

function signalInWords(signal: FatalSignal, decided: boolean): string {
  const times = signal.count > 1 ? ` (${signal.count} times)` : '';
  const fate = signal.result === 'delivered' ? '' : `, ${signal.result}`;
  return `${signal.signal}${times} ${from(signal)}${fate}${decided ? ', decisive' : ''}`;
}

/** For signals that the kernel made, the task that ran is not named: it may be a bystander. */
function from(signal: FatalSignal): string {
  const sender = senderOf(signal);
  if (sender) {
    const user =
      sender.user ?? (typeof sender.uid === 'number' ? `uid ${sender.uid}` : 'unknown user');
    return `from ${command(sender)} (pid ${sender.pid}, ${printable(user)}), si_code ${signal.code}`;
  }
  if (signal.info === 'user' && signal.currentIsVictim)
    return isFault(signal)
      ? `for a fault of its own, si_code ${signal.code}`
      : `from itself, si_code ${signal.code}`;
  return signal.info === 'user'
    ? `si_code ${signal.code}, sender not recorded`
    : 'made by the kernel';
}
