import type { DeathEvent, FatalSignal } from '../../event/death.ts';
import type { Facts } from '../facts/facts.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding } from './rule.ts';

/** What made a signal that names no sender, by its si_code: SI_MESGQ, SI_ASYNCIO, SI_SIGIO. */
const notifications: Readonly<Record<number, string>> = {
  [-3]: 'mq_notify',
  [-4]: 'asynchronous input or output',
  [-5]: 'input or output, F_SETSIG',
};

/** Says what is known and what is not; always finds. */
export function unknown({ death, signal }: Facts): Finding {
  const when = timeInWords(death.at);
  const clause = death.exit.byItself
    ? `exited by itself${when}; with which code was not recorded`
    : death.exit.signal === null
      ? `is gone${when}; how it ended was not recorded`
      : `was ended by ${death.exit.signal}${when}; ${originOf(death, signal)}`;
  return { cause: 'unknown', confidence: 'unknown', clause, actor: null };
}

function originOf({ traced }: DeathEvent, signal: FatalSignal | null): string {
  const asked = signal?.info === 'user' ? notifications[signal.code ?? 0] : undefined;
  if (asked) return `its si_code is that of a notification (${asked}), which names no sender`;
  if (signal?.info === 'kernel' && (signal.currentIsVictim || signal.timed === false))
    return 'the kernel sent it while the process itself ran, for none of the reasons that are known (a BPF program can do that)';
  if (!signal && traced)
    return 'it was traced, and its tracer can give it a signal that nobody else sees';
  return 'who or what sent it was not recorded';
}
