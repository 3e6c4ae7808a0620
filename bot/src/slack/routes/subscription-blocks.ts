import type { AlertRoute } from '@coroner/schema/http/alert-routes';
import { usage } from '../../routes/read-subscription.ts';
import { matchWords, whenWords } from '../../routes/words.ts';
import { text } from '../act/choices.ts';
import { type Block, context, section } from '../render/blocks.ts';
import { escapedWithin } from '../render/mrkdwn.ts';

/** `subscription:remove:N` of the N-th; its value is an id. */
export const removeAction = /^subscription:remove:/;
export const mostOfOne = 15;
const longestWords = 500;

/** What somebody subscribed to, with a button each; for a message or a view of their own. */
export function subscriptionBlocks(mine: readonly AlertRoute[]): Block[] {
  if (mine.length === 0) return [context(`You have none. ${usage}`)];
  return mine.slice(0, mostOfOne).flatMap((route, index): Block[] => {
    const words = [matchWords(route), whenWords(route)].filter((each) => each !== '').join(' · ');
    return [
      section(escapedWithin(words, longestWords)),
      {
        type: 'actions',
        elements: [
          {
            ...{ type: 'button', action_id: `subscription:remove:${index}` },
            ...{ text: text('Remove'), value: route.id },
          },
        ],
      },
    ];
  });
}
