import type { Channel, Message } from '../workspace/workspace.ts';
import { shown } from './chat.ts';
import { type CallContext, failed, type Method, text } from './method.ts';

const defaultLimit = 100;

export const conversationMethods: Record<string, Method> = {
  'conversations.open': {
    token: 'bot',
    scope: 'im:write',
    run(args, { workspace }) {
      const [user = ''] = text(args['users']).split(',');
      if (!workspace.users.has(user)) return failed('user_not_found');
      return { ok: true, channel: { id: workspace.directChannel(user).id } };
    },
  },
  'conversations.info': {
    token: 'bot',
    scope: 'channels:read',
    run(args, { workspace }) {
      const channel = workspace.channel(text(args['channel']));
      return channel ? { ok: true, channel: described(channel) } : failed('channel_not_found');
    },
  },
  'conversations.list': {
    token: 'bot',
    scope: 'channels:read',
    run: (_, { workspace }) => ({
      ok: true,
      channels: [...workspace.channels.values()]
        .filter((each) => each.kind === 'public')
        .map(described),
      response_metadata: { next_cursor: '' },
    }),
  },
  'conversations.history': {
    token: 'bot',
    scope: 'channels:history',
    run: (args, context) => page(args, context, (message) => message.threadTs === null),
  },
  'conversations.replies': {
    token: 'bot',
    scope: 'channels:history',
    run(args, context) {
      const ts = text(args['ts']);
      // Slack gives a thread in the order in which it was written, a channel newest first.
      return page(args, context, (message) => message.ts === ts || message.threadTs === ts, 1);
    },
  },
};

function page(
  args: Record<string, unknown>,
  { workspace }: CallContext,
  wanted: (message: Message) => boolean,
  direction: 1 | -1 = -1,
) {
  const channel = workspace.channels.get(text(args['channel']));
  if (!channel) return failed('channel_not_found');
  if (!channel.botIsMember) return failed('not_in_channel');
  const oldest = Number(text(args['oldest']) || 0);
  const withMetadata =
    text(args['include_all_metadata']) === 'true' || args['include_all_metadata'] === true;
  const all = workspace.messages
    .filter((each) => each.channel === channel.id && each.onlyFor === null && wanted(each))
    .filter((each) => Number(each.ts) >= oldest)
    .sort((a, b) => direction * (Number(a.ts) - Number(b.ts)));
  const limit = Number(text(args['limit']) || defaultLimit);
  const from = Number(text(args['cursor']) || 0);
  const messages = all.slice(from, from + limit).map((each) => {
    const { metadata, ...rest } = shown(each);
    return withMetadata && metadata ? { ...rest, metadata } : rest;
  });
  const more = all.length > from + limit;
  const next = more ? { response_metadata: { next_cursor: String(from + limit) } } : {};
  return { ok: true, messages, has_more: more, ...next };
}

function described(channel: Channel) {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: channel.kind === 'public',
    is_im: channel.kind === 'im',
    is_archived: channel.archived,
    is_member: channel.botIsMember,
  };
}
