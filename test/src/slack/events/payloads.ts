import type { Message, View, Workspace } from '../workspace/workspace.ts';

const msPerSecond = 1000;

/** Slack escapes what people type; mentions and links stay as they are written. */
export function escapeTyped(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/<(?![@#!]|https?:)/g, '&lt;')
    .replace(/(?<!<(?:[@#!]|https?:)[^<>]*)>/g, '&gt;');
}

/** The outer part of every Events API payload. */
export function eventCallback(workspace: Workspace, eventId: string, event: object) {
  return {
    token: 'verification-token',
    team_id: workspace.teamId,
    api_app_id: workspace.appId,
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(Date.now() / msPerSecond),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.teamId,
        user_id: workspace.bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event,
  };
}

/** `app_mention`, and `message` with `channel_type: im`. */
export function messageEvent(
  workspace: Workspace,
  message: Message,
  type: 'app_mention' | 'message',
) {
  return {
    type,
    user: message.user,
    text: message.text,
    ts: message.ts,
    channel: message.channel,
    team: workspace.teamId,
    event_ts: message.ts,
    ...(type === 'message' ? { channel_type: 'im' } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.botId ? { bot_id: message.botId } : {}),
  };
}

export function commandPayload(
  workspace: Workspace,
  origin: string,
  {
    command,
    text,
    user,
    channel,
  }: { command: string; text: string; user: string; channel: string },
) {
  return {
    token: 'verification-token',
    team_id: workspace.teamId,
    team_domain: 'coroner',
    channel_id: channel,
    channel_name: workspace.channels.get(channel)?.name ?? 'directmessage',
    user_id: user,
    user_name: workspace.users.get(user)?.name ?? user,
    command,
    text,
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: `${origin}/response/${workspace.nextId('R')}/${channel}/${user}`,
    trigger_id: workspace.trigger(user),
  };
}

/** A person clicks a button of the Home tab: there is no message and no channel. */
export function homeClickPayload(workspace: Workspace, user: string, action: object) {
  return {
    type: 'block_actions',
    api_app_id: workspace.appId,
    token: 'verification-token',
    team: { id: workspace.teamId, domain: 'coroner' },
    user: { id: user, name: workspace.users.get(user)?.name ?? user, team_id: workspace.teamId },
    trigger_id: workspace.trigger(user),
    container: { type: 'view', view_id: workspace.nextId('V') },
    view: { type: 'home', blocks: [] },
    actions: [{ ...action, type: 'button', action_ts: String(Date.now() / msPerSecond) }],
  };
}

/** A person uses the message shortcut on what another program wrote. */
export function shortcutPayload(
  workspace: Workspace,
  origin: string,
  { channel, ts, user, message }: { channel: string; ts: string; user: string; message: object },
) {
  return {
    type: 'message_action',
    callback_id: 'why_did_this_die',
    token: 'verification-token',
    action_ts: workspace.nextTs(),
    trigger_id: workspace.trigger(user),
    message_ts: ts,
    team: { id: workspace.teamId, domain: 'coroner' },
    user: { id: user, name: workspace.users.get(user)?.name ?? user },
    channel: { id: channel, name: workspace.channels.get(channel)?.name },
    message: { type: 'message', ts, bot_id: 'BFOREIGN', ...message },
    response_url: `${origin}/response/${workspace.nextId('R')}/${channel}/${user}`,
  };
}

/** A person clicks a button of a message. */
export function clickPayload(
  workspace: Workspace,
  origin: string,
  message: Message,
  user: string,
  action: Record<string, unknown>,
) {
  return {
    type: 'block_actions',
    api_app_id: workspace.appId,
    token: 'verification-token',
    team: { id: workspace.teamId, domain: 'coroner' },
    user: {
      id: user,
      username: workspace.users.get(user)?.name ?? user,
      team_id: workspace.teamId,
    },
    trigger_id: workspace.trigger(user),
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: message.channel,
      is_ephemeral: false,
    },
    channel: { id: message.channel, name: workspace.channels.get(message.channel)?.name },
    message: {
      type: 'message',
      ts: message.ts,
      text: message.text,
      user: message.user,
      blocks: message.blocks,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    response_url: `${origin}/response/${workspace.nextId('R')}/${message.channel}/${user}`,
    actions: [{ ...action, action_ts: workspace.nextTs() }],
  };
}

/** A person sends a modal off. `values`: by action id, as Slack tells the state of each input. */
export function submissionPayload(
  workspace: Workspace,
  { id, shape, openFor: user }: View,
  values: Record<string, Record<string, object>>,
) {
  return {
    type: 'view_submission',
    team: { id: workspace.teamId, domain: 'coroner' },
    user: {
      id: user,
      username: workspace.users.get(user)?.name ?? user,
      name: workspace.users.get(user)?.name ?? user,
      team_id: workspace.teamId,
    },
    api_app_id: workspace.appId,
    token: 'verification-token',
    trigger_id: workspace.trigger(user),
    view: {
      ...shape,
      id,
      team_id: workspace.teamId,
      state: { values },
      hash: id,
      root_view_id: id,
    },
    response_urls: [],
    is_enterprise_install: false,
  };
}
