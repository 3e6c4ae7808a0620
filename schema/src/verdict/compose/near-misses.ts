import type { RuledOut } from '../../http/answer.ts';
import type { NearMissOfDeath } from '../../http/near-miss.ts';
import type { Facts } from '../facts/facts.ts';
import type { Miss } from '../facts/near-misses.ts';
import { missInWords } from '../words/near-miss.ts';

/** As the contract shows them. */
export function nearMissesOf({ misses }: Facts): NearMissOfDeath[] {
  return misses.map((miss) => {
    const { event: _, ...shown } = miss;
    return { ...shown, text: missInWords(shown) };
  });
}

/** Who tried in vain is ruled out where nobody did it: the newest, and how many more there are. */
export function triedInVain({ misses, sender }: Facts): RuledOut[] {
  const others = misses.filter(({ by }: Miss) => by.pid !== sender?.pid);
  const [newest] = others;
  if (!newest) return [];
  const more = others.length > 1 ? `; and ${others.length - 1} more of the kind` : '';
  return [{ cause: 'signal-from-process', because: `${missInWords(newest)}${more}` }];
}
