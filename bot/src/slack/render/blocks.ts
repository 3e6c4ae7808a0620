import { limits } from './limits.ts';

/** The block types that Coroner uses; every text in them is escaped and within its limit. */
export type Block =
  | { type: 'section'; text: Mrkdwn }
  | { type: 'context'; elements: Mrkdwn[] }
  | { type: 'actions'; elements: (Button | Menu)[] }
  | LineChart;

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

export interface Option {
  text: { type: 'plain_text'; text: string; emoji: false };
  /** Ids and a choice; Slack takes 150 characters. */
  value: string;
}

/** A list that opens; its labels and values are ours. */
export type Menu =
  | {
      type: 'static_select';
      action_id: string;
      placeholder: Option['text'];
      options: Option[];
    }
  | { type: 'overflow'; action_id: string; options: Option[] };

/**
 * A data_visualization block with a line chart: at most 6 series of at most 20 points, of unique names.
 * Source: docs.slack.dev/reference/block-kit/blocks/data-visualization-block.
 */
export interface LineChart {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'line';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[]; x_label: string; y_label: string };
  };
}

/** What is posted, in several forms: Slack gets the richest that it takes. */
export interface SlackMessage {
  /** What notifications show. */
  text: string;
  /** Blocks that not every Slack knows. */
  rich?: Block[];
  blocks: Block[];
  /** Everything as text. */
  plain: string;
}

export type Body = { text: string; blocks: Block[] } | { text: string };

/** The forms of a message, the richest first. The last but one has nothing but text and buttons. */
export function bodiesOf({ text, rich, blocks, plain }: SlackMessage): [Body, ...Body[]] {
  const buttons = blocks.filter(({ type }) => type === 'actions');
  const bare = { text, blocks: [...sections(plain.split('\n')), ...buttons] };
  const rest: Body[] = [...(buttons.length > 0 ? [bare] : []), { text: plain }];
  return rich ? [{ text, blocks: rich }, { text, blocks }, ...rest] : [{ text, blocks }, ...rest];
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
  if (block.type === 'data_visualization') return JSON.stringify(block).length;
  if (block.type === 'section') return block.text.text.length;
  return block.elements
    .map((each) => {
      if (each.type === 'mrkdwn') return each.text.length;
      return each.type === 'button'
        ? each.text.text.length + each.value.length
        : JSON.stringify(each.options).length;
    })
    .reduce((sum, length) => sum + length, 0);
}

/** The callers keep to the limit; this is the last fence, and cuts between lines. */
function mrkdwnObject(text: string, limit: number): Mrkdwn {
  const within =
    text.length <= limit ? text : text.slice(0, Math.max(text.lastIndexOf('\n', limit), 0));
  return { type: 'mrkdwn', text: within === '' ? '…' : within, verbatim: true };
}
