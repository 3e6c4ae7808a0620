import { type Block, type SlackMessage, section } from './blocks.ts';

const user = /^[UW][A-Z0-9]+$/;
const group = /^S[A-Z0-9]+$/;

/** Names people and groups by their ids, above the buttons; the only mentions that may notify somebody. */
export function withMentions(message: SlackMessage, ids: readonly string[]): SlackMessage {
  const names = ids.flatMap((id) => {
    if (user.test(id)) return [`<@${id}>`];
    return group.test(id) ? [`<!subteam^${id}>`] : [];
  });
  if (names.length === 0) return message;
  const line = `:bell: ${names.join(' ')}`;
  const above = (blocks: Block[]): Block[] => {
    const at = blocks.findIndex(({ type }) => type === 'actions');
    const place = at < 0 ? blocks.length : at;
    return [...blocks.slice(0, place), section(line), ...blocks.slice(place)];
  };
  const rich = message.rich ? { rich: above(message.rich) } : {};
  const blocks = above(message.blocks);
  return { ...message, ...rich, blocks, plain: `${message.plain}\n${line}` };
}
