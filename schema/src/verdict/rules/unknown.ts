import type { Facts } from '../facts/facts.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding } from './rule.ts';

/** What made a signal that names no sender, by its si_code: SI_MESGQ, SI_ASYNCIO. */
const notifications: Readonly<Record<number, string>> = {
  [-3]: 'mq_notify',
  [-4]: 'asynchronous input or output',
};

/** Says what is known and what is not; always finds. */
export function unknown({ death, signal }: Facts): Finding {
  const when = timeInWords(death.at);
  const asked = signal?.info === 'user' ? notifications[signal.code ?? 0] : undefined;
  const origin = asked
    ? `; its si_code is that of a notification (${asked}), which names no sender`
    : '; who or what sent it was not recorded';
  const clause = death.exit.byItself
    ? `exited by itself${when}; with which code was not recorded`
    : death.exit.signal === null
      ? `is gone${when}; how it ended was not recorded`
      : `was ended by ${death.exit.signal}${when}${origin}`;
  return { cause: 'unknown', confidence: 'unknown', clause, actor: null };
}
