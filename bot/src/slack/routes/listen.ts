import { randomUUID } from 'node:crypto';
import { HubError } from '@coroner/schema/client/hub-error';
import type { App, BlockAction, ButtonAction, types, ViewSubmitAction, webApi } from '@slack/bolt';
import { readRoute, typedOf } from '../../routes/read-route.ts';
import { type Clicked, inWords, whisper } from '../act/do.ts';
import type { Answering } from '../listen/answering.ts';
import type { UnderWay } from '../listen/under-way.ts';
import { About, deleteModal, editModal, routeModal, typedIn } from './modals.ts';
import { line, routeAction } from './render-routes.ts';
import { listenToSubscriptions } from './subscriptions.ts';

/** What people do about routes: buttons open modals, and modals change them at the hub. */
export function listenToRoutes(app: App, bot: Answering, underWay: UnderWay): void {
  const { track } = underWay;
  listenToSubscriptions(app, bot, underWay);
  app.action<BlockAction<ButtonAction>>(routeAction, async ({ action, body, ack, client }) => {
    await ack();
    const [, kind] = action.action_id.split(':');
    const channel = body.channel?.id ?? body.container['channel_id'] ?? body.user.id;
    const clicked = { user: body.user.id, name: body.user.username ?? '', channel, threadTs: '' };
    await track(
      permitted(bot, client, clicked, async () => {
        const view = await modalOf(bot, kind ?? '', action.value ?? '', channel);
        await open(bot, client, clicked, body.trigger_id, view);
      }),
    );
  });

  app.view<ViewSubmitAction>(routeModal, async ({ view, body, ack, client }) => {
    const about = About.parse(JSON.parse(view.private_metadata));
    const { id: user, name } = body.user;
    const clicked = { user, name, channel: about.channel, threadTs: '' };
    if (view.callback_id === 'route:delete') {
      await ack();
      const remove = async () => {
        const removed = await bot.hub.call('DELETE /v1/alert-routes/{id}', {
          path: { id: about.routeId },
        });
        await whisper(bot, client, clicked, `The route is deleted. It was ${line(removed)}`);
      };
      return track(permitted(bot, client, clicked, remove));
    }
    const read = readRoute(typedIn(view.state.values), await bot.timezoneOf(user));
    if ('wrong' in read) {
      const { field, message } = read.wrong;
      const block = blocks[field] ?? field;
      return ack({ response_action: 'errors', errors: { [block]: message } });
    }
    await ack();
    const save = async () => {
      const { routeId: id, isNew } = about;
      const { hub } = bot;
      const saved = isNew
        ? await hub.call('POST /v1/alert-routes', { body: { id, ...read.route } })
        : await hub.call('PUT /v1/alert-routes/{id}', { path: { id }, body: read.route });
      await whisper(bot, client, clicked, `The route is saved. ${line(saved)}`);
    };
    await track(permitted(bot, client, clicked, save));
  });
}

/** Fields of a route that stand under another name in the form. */
const blocks: Readonly<Record<string, string>> = { mentions: 'groups', continue: 'then' };

async function modalOf(bot: Answering, kind: string, id: string, channel: string) {
  if (kind === 'add') return editModal({ routeId: randomUUID(), isNew: true, channel }, {});
  const { items } = await bot.hub.call('GET /v1/alert-routes');
  const route = items.find((each) => each.id === id);
  if (!route) throw new HubError('not-found', 'somebody has deleted this route');
  const about = { routeId: id, isNew: false, channel };
  return kind === 'edit' ? editModal(about, typedOf(route)) : deleteModal(about, route.name);
}

async function open(
  bot: Answering,
  client: webApi.WebClient,
  clicked: Clicked,
  triggerId: string,
  view: types.ModalView,
): Promise<void> {
  try {
    await client.views.open({ trigger_id: triggerId, view });
  } catch (error) {
    bot.log.warn({ error: String(error) }, 'Slack opened no modal');
    await whisper(bot, client, clicked, 'Slack did not open the form in time: click once more.');
  }
}

/** Does it if this person may; what went wrong is told to them alone. */
async function permitted(
  bot: Answering,
  client: webApi.WebClient,
  clicked: Clicked,
  work: () => Promise<void>,
): Promise<void> {
  try {
    const refusal = await bot.actors.refusal(clicked.user);
    if (refusal !== null) return await whisper(bot, client, clicked, refusal);
    await work();
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    bot.log.warn({ error: error.message }, 'a route was not changed');
    await whisper(bot, client, clicked, inWords(error));
  }
}
