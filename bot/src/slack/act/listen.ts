import type {
  App,
  BlockAction,
  ButtonAction,
  OverflowAction,
  StaticSelectAction,
  types,
  ViewSubmitAction,
  webApi,
} from '@slack/bolt';
import type { Answering } from '../listen/answering.ts';
import type { UnderWay } from '../listen/under-way.ts';
import { actAction } from './choices.ts';
import { type Chosen, chosenOf } from './chosen.ts';
import { type Clicked, doAction, whisper } from './do.ts';
import { modal, modalCallback, submitted } from './modals.ts';

type CardAction = ButtonAction | StaticSelectAction | OverflowAction;
const msPerSecond = 1000;

/** What people do about incidents on their cards. */
export function listenToActions(app: App, bot: Answering, { track }: UnderWay): void {
  app.action<BlockAction<CardAction>>(actAction, async ({ action, body, ack, client }) => {
    await ack();
    const value = 'selected_option' in action ? action.selected_option.value : action.value;
    const chosen = chosenOf(action.action_id, value);
    const clicked = clickedOf(body);
    if (!chosen || !clicked) return;
    // Slack lets nobody click twice under one of these.
    const id = `slack:${clicked.channel}:${action.action_ts}:${clicked.user}`;
    await track(onClick(bot, client, { chosen, clicked, id, triggerId: body.trigger_id }));
  });

  app.view<ViewSubmitAction>(modalCallback, async ({ view, body, ack, client }) => {
    const read = submitted(view);
    if ('wrong' in read) return ack({ response_action: 'errors', errors: read.wrong });
    await ack();
    const { kind, note, origin, seconds } = read;
    const { incidentId, channel, threadTs } = origin;
    const id = `slack:${view.id}`;
    const action =
      kind === 'note'
        ? ({ id, kind, note } as const)
        : { id, kind, note, until: inSeconds(seconds) };
    const clicked = { user: body.user.id, name: body.user.name, channel, threadTs };
    await track(doAction(bot, client, { incidentId, action }, clicked));
  });
}

async function onClick(
  bot: Answering,
  client: webApi.WebClient,
  click: { chosen: Chosen; clicked: Clicked; id: string; triggerId: string },
): Promise<void> {
  const { chosen, clicked, id, triggerId } = click;
  const { kind, incidentId, seconds } = chosen;
  if (kind === 'expect' || kind === 'note') {
    const refusal = await bot.actors.refusal(clicked.user);
    if (refusal !== null) return whisper(bot, client, clicked, refusal);
    const { channel, threadTs } = clicked;
    const view = modal(kind, { incidentId, channel, threadTs }) as types.View;
    try {
      await client.views.open({ trigger_id: triggerId, view });
    } catch (error) {
      bot.log.warn({ incidentId, error: String(error) }, 'Slack opened no modal');
      await whisper(bot, client, clicked, 'Slack did not open the form in time: click once more.');
    }
    return;
  }
  const action =
    kind === 'snooze' ? { id, kind, until: inSeconds(seconds ?? 0) } : ({ id, kind } as const);
  await doAction(bot, client, { incidentId, action }, clicked);
}

function clickedOf(body: BlockAction): Clicked | null {
  const channel = body.channel?.id;
  const threadTs = body.message?.['thread_ts'] ?? body.message?.ts;
  if (!channel || !threadTs) return null;
  const { id: user } = body.user;
  const name = body.user.username ?? body.user.name ?? user;
  return { user, name, channel, threadTs };
}

const inSeconds = (seconds: number): string =>
  new Date(Date.now() + seconds * msPerSecond).toISOString();
