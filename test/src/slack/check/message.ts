import { checkBlocks } from './blocks.ts';
import { problems } from './problem.ts';
import { textsOf } from './text.ts';

const mostBlocks = 50;
/** Undocumented: somewhat above this Slack answers msg_blocks_too_long. */
const allBlocksText = 13_200;
const longestText = 40_000;
const longestUpdate = 4000;

export interface CheckedMessage {
  error: string | null;
  messages: string[];
  warnings: string[];
  text: string;
  blocks: unknown[];
  pings: string[];
}

/** What Slack says to the arguments of chat.postMessage, chat.update and chat.postEphemeral. */
export function checkMessage(args: Record<string, unknown>, update = false): CheckedMessage {
  const text = typeof args['text'] === 'string' ? args['text'].slice(0, longestText) : '';
  const blocks = blocksOf(args['blocks']);
  const result: CheckedMessage = {
    error: null,
    messages: [],
    warnings: [],
    text,
    blocks: blocks ?? [],
    pings: [],
  };
  if (blocks === null) return { ...result, error: 'invalid_blocks_format' };
  if (text === '' && blocks.length === 0) return { ...result, error: 'no_text' };
  if (update && text.length > longestUpdate) return { ...result, error: 'msg_too_long' };
  const found = problems();
  checkBlocks(blocks, mostBlocks, found);
  if (found.list.length > 0) return { ...result, error: 'invalid_blocks', messages: found.list };
  const texts = textsOf(blocks);
  const length = texts.reduce((sum, each) => sum + escapedLength(each.text, each.parsed), 0);
  if (length > allBlocksText) return { ...result, error: 'msg_blocks_too_long' };
  if (text === '') {
    result.warnings.push('message text required: notifications and screen readers have nothing');
  }
  const inBlocks = texts.filter((each) => each.parsed);
  result.pings = [{ text, verbatim: args['parse'] === 'none' }, ...inBlocks].flatMap(pingsOf);
  return result;
}

function blocksOf(value: unknown): unknown[] | null {
  if (value === undefined || value === '') return [];
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string') return null;
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    // Not JSON: Slack says invalid_blocks_format, and so does the caller.
    return null;
  }
}

/** mrkdwn arrives escaped, plain text does not; Slack counts both as escaped. */
function escapedLength(text: string, parsed: boolean): number {
  return parsed ? text.length : text.replace(/&/g, '&amp;').replace(/[<>]/g, '&lt;').length;
}

function pingsOf({ text, verbatim }: { text: string; verbatim: boolean }): string[] {
  const written =
    text.match(/<(?:!(?:channel|here|everyone|subteam\^[^>|]*)|@[UW]\w+)(?:\|[^>]*)?>/g) ?? [];
  const guessed = verbatim ? [] : (text.match(/(?<![\w<!])@(?:channel|here|everyone)\b/g) ?? []);
  return [...written, ...guessed];
}
