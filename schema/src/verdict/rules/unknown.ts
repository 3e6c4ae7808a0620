import type { Facts } from '../facts/facts.ts';
import { timeInWords } from '../words/victim.ts';
import type { Finding } from './rule.ts';

/** Says what is known and what is not; always finds. */
export function unknown({ death }: Facts): Finding {
  const when = timeInWords(death.at);
  const clause = death.exit.byItself
    ? `exited by itself${when}; with which code was not recorded`
    : death.exit.signal === null
      ? `is gone${when}; how it ended was not recorded`
      : `was ended by ${death.exit.signal}${when}; who or what sent it was not recorded`;
  return { cause: 'unknown', confidence: 'unknown', clause, actor: null };
}
