import { type CheckedMessage, checkMessage } from '../check/message.ts';
import type { Channel, Message } from '../workspace/workspace.ts';
import { type Answered, type CallContext, failed, type Method, text } from './method.ts';

const write = { token: 'bot', scope: 'chat:write' } as const;

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': { ...write, run: postMessage },
  'chat.update': { ...write, run: update },
  'chat.postEphemeral': { ...write, run: postEphemeral },
  'chat.delete': { ...write, run: remove },
  'chat.getPermalink': {
    ...write,
    run: (args, { origin }) => ({
      ok: true,
      permalink: `${origin}/archives/${text(args['channel'])}/p${text(args['message_ts'])}`,
    }),
  },
};

function postMessage(args: Record<string, unknown>, context: CallContext): Answered {
  const target = writable(args, context);
  if ('refusal' in target) return target.refusal;
  const { channel } = target;
  const checked = checkMessage(args);
  if (checked.error) return refused(checked);
  const threadTs = args['thread_ts'] === undefined ? null : text(args['thread_ts']);
  if (threadTs !== null && !context.workspace.find(channel.id, threadTs)) {
    return failed('thread_not_found');
  }
  const message = add(args, context, channel, checked, threadTs, null);
  context.onMessage(channel.id, message.ts);
  return {
    ok: true,
    channel: channel.id,
    ts: message.ts,
    message: shown(message),
    ...warned(checked),
  };
}

function postEphemeral(args: Record<string, unknown>, context: CallContext): Answered {
  const target = writable(args, context);
  if ('refusal' in target) return target.refusal;
  const { channel } = target;
  const user = text(args['user']);
  if (!context.workspace.users.has(user)) return failed('user_not_in_channel');
  const checked = checkMessage(args);
  if (checked.error) return refused(checked);
  const message = add(args, context, channel, checked, null, user);
  return { ok: true, message_ts: message.ts };
}

function update(args: Record<string, unknown>, context: CallContext): Answered {
  const target = writable(args, context);
  if ('refusal' in target) return target.refusal;
  const { channel } = target;
  const message = context.workspace.find(channel.id, text(args['ts']));
  if (!message || message.onlyFor) return failed('message_not_found');
  if (message.botId !== context.workspace.bot.botId) return failed('cant_update_message');
  const checked = checkMessage(args, true);
  if (checked.error) return refused(checked);
  // Text without blocks removes the blocks.
  message.text = checked.text;
  message.blocks = checked.blocks;
  message.pings = checked.pings;
  if (args['metadata'] !== undefined) message.metadata = json(args['metadata']);
  message.edits.push({ acceptedMs: Date.now(), text: checked.text, blocks: checked.blocks });
  return { ok: true, channel: channel.id, ts: message.ts, text: message.text, ...warned(checked) };
}

function remove(args: Record<string, unknown>, context: CallContext): Answered {
  const { messages } = context.workspace;
  const ts = text(args['ts']);
  const index = messages.findIndex((each) => each.channel === args['channel'] && each.ts === ts);
  if (index < 0) return failed('message_not_found');
  messages.splice(index, 1);
  return { ok: true, channel: args['channel'], ts };
}

/** The channel, or the error that keeps the bot from writing to it. */
function writable(
  args: Record<string, unknown>,
  { workspace }: CallContext,
): { channel: Channel } | { refusal: Answered } {
  const name = text(args['channel']);
  const channel =
    workspace.channel(name) ??
    (workspace.users.has(name) ? workspace.directChannel(name) : undefined);
  if (!channel) return { refusal: failed('channel_not_found') };
  if (channel.archived) return { refusal: failed('is_archived') };
  if (!channel.botIsMember) return { refusal: failed('not_in_channel') };
  return { channel };
}

function add(
  args: Record<string, unknown>,
  { workspace }: CallContext,
  channel: Channel,
  checked: CheckedMessage,
  threadTs: string | null,
  onlyFor: string | null,
): Message {
  return workspace.add({
    channel: channel.id,
    ts: workspace.nextTs(),
    threadTs,
    user: workspace.bot.userId,
    botId: workspace.bot.botId,
    text: checked.text,
    blocks: checked.blocks,
    metadata: args['metadata'] === undefined ? null : json(args['metadata']),
    acceptedMs: Date.now(),
    edits: [],
    pings: checked.pings,
    onlyFor,
  });
}

function refused({ error, messages }: CheckedMessage): Answered {
  return failed(
    error ?? 'fatal_error',
    messages.length > 0 ? { response_metadata: { messages } } : {},
  );
}

function warned({ warnings }: CheckedMessage): object {
  return warnings.length > 0 ? { warning: warnings[0], response_metadata: { warnings } } : {};
}

/** A message as conversations.* show it. */
export function shown(message: Message): Record<string, unknown> {
  return {
    type: 'message',
    ts: message.ts,
    user: message.user,
    text: message.text,
    ...(message.botId ? { bot_id: message.botId } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.metadata ? { metadata: message.metadata } : {}),
  };
}

function json(value: unknown): unknown {
  try {
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    // Slack ignores metadata that it cannot read and posts the message.
    return null;
  }
}
