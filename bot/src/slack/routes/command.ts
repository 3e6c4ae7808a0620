import { HubError } from '@coroner/schema/client/hub-error';
import type { RespondFn, SlashCommand } from '@slack/bolt';
import { inWords } from '../act/do.ts';
import type { Answering } from '../listen/answering.ts';
import { renderRoutes } from './render-routes.ts';
import { answerSubscriptions, isAboutSubscriptions } from './subscriptions.ts';

const asksForRoutes = /^\s*routes\s*$/i;

/** `/coroner routes`, `subscribe …` and `subscriptions`; all else is a question. */
export const isAboutRoutes = (asked: string): boolean =>
  asksForRoutes.test(asked) || isAboutSubscriptions(asked);

/** Shows the routes, or the subscriptions of whoever asked, to them alone. */
export async function answerRoutes(
  bot: Answering,
  command: SlashCommand,
  respond: RespondFn,
): Promise<void> {
  if (isAboutSubscriptions(command.text)) return answerSubscriptions(bot, command, respond);
  try {
    const { text, blocks } = renderRoutes((await bot.hub.call('GET /v1/alert-routes')).items);
    await respond({ response_type: 'ephemeral', text, blocks });
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    await respond({ response_type: 'ephemeral', text: inWords(error) });
  }
}
