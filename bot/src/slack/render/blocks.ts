import { limits } from './limits.ts';

/** The block types that Coroner uses; every text in them is escaped and within its limit. */
export type Block =
  | { type: 'section'; text: Mrkdwn }
  | { type: 'context'; elements: Mrkdwn[] }
  | { type: 'actions'; elements: Button[] };

/** `verbatim`: Slack makes no links and mentions of its own out of names. */
interface Mrkdwn {
  type: 'mrkdwn';
  text: string;
  verbatim: true;
}

export interface Button {
  type: 'button';
  action_id: string;
  text: { type: 'plain_text'; text: string; emoji: false };
  /** An id, never data. */
  value: string;
}

/** What is posted: blocks, the text that notifications show, and the text if Slack refuses the blocks. */
export interface SlackMessage {
  text: string;
  blocks: Block[];
  plain: string;
}

export function section(text: string): Block {
  return { type: 'section', text: mrkdwnObject(text, limits.sectionText) };
}

export function context(text: string): Block {
  return { type: 'context', elements: [mrkdwnObject(text, limits.contextText)] };
}

/** Lines of mrkdwn in as many sections as they need; a line is never torn. Each is within a section's limit. */
export function sections(lines: readonly string[]): Block[] {
  const texts: string[] = [];
  for (const line of lines) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < limits.sectionText) {
      texts[texts.length - 1] = `${last}\n${line}`;
    } else {
      texts.push(line);
    }
  }
  return texts.map(section);
}

/** The first blocks that fit into one message. */
export function fitting(blocks: readonly Block[]): Block[] {
  let room: number = limits.allBlocks;
  const kept: Block[] = [];
  for (const block of blocks.slice(0, limits.blocks)) {
    room -= textLength(block);
    if (room < 0) break;
    kept.push(block);
  }
  return kept;
}

function textLength(block: Block): number {
  if (block.type === 'section') return block.text.text.length;
  return block.elements
    .map((each) =>
      each.type === 'button' ? each.text.text.length + each.value.length : each.text.length,
    )
    .reduce((sum, length) => sum + length, 0);
}

/** The callers keep to the limit; this is the last fence, and cuts between lines. */
function mrkdwnObject(text: string, limit: number): Mrkdwn {
  const within =
    text.length <= limit ? text : text.slice(0, Math.max(text.lastIndexOf('\n', limit), 0));
  return { type: 'mrkdwn', text: within === '' ? '…' : within, verbatim: true };
}
