import type { Delivered, Delivery } from './events/delivery.ts';
import {
  clickPayload,
  commandPayload,
  escapeTyped,
  eventCallback,
  homeClickPayload,
  messageEvent,
  shortcutPayload,
  submissionPayload,
} from './events/payloads.ts';
import type { Envelope } from './events/socket-mode.ts';
import type { Sent, Typed } from './slack.ts';
import type { Message, View, Workspace } from './workspace/workspace.ts';

/** What people do in the workspace, and how the bot learns of it. */
export function people(workspace: Workspace, events: Delivery, origin: () => string) {
  function write(text: string, channel: string, typed: Typed): Message {
    return workspace.add({
      channel,
      ts: workspace.nextTs(),
      threadTs: typed.threadTs ?? null,
      user: typed.user ?? 'UALICE',
      botId: null,
      text: escapeTyped(text),
      blocks: [],
      metadata: null,
      acceptedMs: Date.now(),
      edits: [],
      pings: [],
      onlyFor: null,
    });
  }

  function announce(message: Message, type: 'app_mention' | 'message', eventId?: string): Sent {
    const id = eventId ?? workspace.nextId('Ev');
    const payload = eventCallback(workspace, id, messageEvent(workspace, message, type));
    const delivered = events.send({ type: 'events_api', payload });
    return { channel: message.channel, ts: message.ts, eventId: id, delivered };
  }

  return {
    mention(text: string, typed: Typed = {}): Sent {
      const message = write(`<@${workspace.bot.userId}> ${text}`, typed.channel ?? 'COPS', typed);
      return announce(message, 'app_mention', typed.eventId);
    },
    directMessage(text: string, typed: Typed = {}): Sent {
      const { id } = workspace.directChannel(typed.user ?? 'UALICE');
      return announce(write(text, id, typed), 'message', typed.eventId);
    },
    command(text: string, typed: Typed = {}): Promise<Delivered> {
      const payload = commandPayload(workspace, origin(), {
        command: '/coroner',
        text,
        user: typed.user ?? 'UALICE',
        channel: typed.channel ?? 'COPS',
      });
      return events.send({ type: 'slash_commands', payload });
    },
    click(message: Message, actionId: string, user = 'UALICE'): Promise<Delivered> {
      const action = actionsOf(message).find((each) => each['action_id'] === actionId);
      if (!action) return Promise.reject(new Error(`the message has no button ${actionId}`));
      const payload = clickPayload(workspace, origin(), message, user, action);
      return events.send({ type: 'interactive', payload } satisfies Envelope);
    },
    choose(message: Message, actionId: string, label: string, user = 'UALICE'): Promise<Delivered> {
      const menu = actionsOf(message).find((each) => each['action_id'] === actionId);
      const chosen = optionOf(menu, label);
      if (!menu || !chosen)
        return Promise.reject(new Error(`the message has no ${label} in ${actionId}`));
      const { type, action_id } = menu;
      const action = { type, action_id, selected_option: chosen };
      const payload = clickPayload(workspace, origin(), message, user, action);
      return events.send({ type: 'interactive', payload } satisfies Envelope);
    },
    submit(view: View, typed: Record<string, string>): Promise<Delivered> {
      const values = stateOf(view, typed);
      const payload = submissionPayload(workspace, view, values);
      return events.send({ type: 'interactive', payload } satisfies Envelope);
    },
    shortcut(message: object, typed: Typed = {}): Sent {
      const channel = typed.channel ?? 'COPS';
      const { ts } = write(String((message as { text?: string }).text ?? ''), channel, typed);
      const payload = shortcutPayload(workspace, origin(), {
        ...{ channel, ts, message },
        user: typed.user ?? 'UALICE',
      });
      const delivered = events.send({ type: 'interactive', payload });
      return { channel, ts, eventId: '', delivered };
    },
    redeliver({ channel, ts, eventId }: Sent): Promise<Delivered> {
      const message = workspace.find(channel, ts);
      if (!message) return Promise.reject(new Error(`there is no message ${ts}`));
      const type = workspace.channels.get(channel)?.kind === 'im' ? 'message' : 'app_mention';
      return announce(message, type, eventId).delivered;
    },
    openHome(user = 'UALICE', tab = 'home'): Promise<Delivered> {
      const event = {
        type: 'app_home_opened',
        user,
        tab,
        channel: workspace.directChannel(user).id,
      };
      const payload = eventCallback(workspace, workspace.nextId('Ev'), event);
      return events.send({ type: 'events_api', payload });
    },
    clickHome(action: { action_id: string; value: string }, user = 'UALICE'): Promise<Delivered> {
      const payload = homeClickPayload(workspace, user, action);
      return events.send({ type: 'interactive', payload });
    },
    /** Slack tells a bot about every message of a direct channel, about its own too. */
    sees(channel: string, ts: string): void {
      const message = workspace.find(channel, ts);
      if (message && workspace.channels.get(channel)?.kind === 'im') announce(message, 'message');
    },
  };
}

function actionsOf(message: Message): Record<string, unknown>[] {
  return (message.blocks as Record<string, unknown>[])
    .filter((block) => block['type'] === 'actions')
    .flatMap((block) => block['elements'] as Record<string, unknown>[]);
}

type Option = { text: { text: string }; value: string };

const optionOf = (menu: unknown, label: string): Option | undefined =>
  (menu as { options?: Option[] } | undefined)?.options?.find((each) => each.text.text === label);

/** The state of the inputs: what was typed, or the option with that label, by the block's id. */
function stateOf({ shape }: View, typed: Record<string, string>) {
  const values: Record<string, Record<string, object>> = {};
  for (const block of shape['blocks'] as Record<string, unknown>[]) {
    if (block['type'] !== 'input') continue;
    const element = block['element'] as Record<string, unknown>;
    const { type, action_id: id } = element as { type: string; action_id: string };
    values[String(block['block_id'])] = {
      [id]: { type, ...given(element, typed[String(block['block_id'])]) },
    };
  }
  return values;
}

/** What an input tells: what was typed or chosen, else what it held at first. */
function given(element: Record<string, unknown>, typed: string | undefined): object {
  switch (element['type']) {
    case 'plain_text_input':
      return { value: typed ?? element['initial_value'] ?? null };
    case 'conversations_select':
      return { selected_conversation: typed ?? element['initial_conversation'] ?? null };
    case 'multi_users_select':
      return { selected_users: typed?.split(',') ?? element['initial_users'] ?? [] };
    default:
      return {
        selected_option: optionOf(element, typed ?? '') ?? element['initial_option'] ?? null,
      };
  }
}
