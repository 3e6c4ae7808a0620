import type { Page } from '../../conversation/reply.ts';
import { context, type SlackMessage } from './blocks.ts';
import { escaped } from './mrkdwn.ts';

/** Room of a message that a row of links may take; a longer one is left out. */
const longestRow = 1500;

/** Puts links to the hub's pages below a message; the message itself where there are none to give. */
export function withPages(
  message: SlackMessage,
  publicUrl: string | null,
  pages: readonly Page[],
): SlackMessage {
  if (publicUrl === null || pages.length === 0) return message;
  const row = pages.map((page) => `<${address(publicUrl, page)}|${page.title}>`).join(' · ');
  if (row.length > longestRow) return message;
  const block = context(row);
  const rich = message.rich ? { rich: [...message.rich, block] } : {};
  const plain = `${message.plain}\n${row}`;
  return { ...message, ...rich, blocks: [...message.blocks, block], plain };
}

/** Ids and hosts come from outside: nothing in them ends the link or leaves the hub's address. */
function address(publicUrl: string, { kind, id }: Page): string {
  const base = publicUrl.replace(/\/+$/, '');
  return escaped(`${base}/${kind}/${encodeURIComponent(id)}`).replaceAll('|', '%7C');
}
