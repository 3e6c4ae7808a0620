import type { Document } from '../../conversation/reply.ts';
import { fitting, type SlackMessage, sections } from './blocks.ts';
import { limits } from './limits.ts';
import { escapedWithin } from './mrkdwn.ts';

const longestLine = 300;
/** Room for the title and the line that says what is missing. */
const budget = limits.allBlocks - 400;

/** As much of a document as one message holds, for a Slack that takes no files from us. */
export function renderDocument({ title, text }: Document): SlackMessage {
  const all = text.split('\n');
  const lines: string[] = [];
  let used = 0;
  for (const line of all) {
    const shown = escapedWithin(line.replaceAll('`', "'"), longestLine);
    used += shown.length + 3;
    if (used > budget) break;
    lines.push(shown === '' ? ' ' : `\`${shown}\``);
  }
  const name = escapedWithin(title, longestLine);
  const rest = all.length > lines.length ? [`… and ${all.length - lines.length} lines more`] : [];
  return { text: name, blocks: fitting(sections([`*${name}*`, ...lines, ...rest])), plain: name };
}
