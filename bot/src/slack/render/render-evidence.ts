import type { Reply } from '../../conversation/reply.ts';
import { context, fitting, type SlackMessage, sections } from './blocks.ts';
import { limits } from './limits.ts';
import { date, escapedWithin } from './mrkdwn.ts';

const longestLine = 700;
const longestSource = 40;
const shownLines = 30;
/** Leaves room for the line that counts what is not shown. */
const budget = limits.allBlocks - 200;

/** In the place of evidence that no longer says so. */
export function renderNoEvidence(withdrawn: boolean): SlackMessage {
  const text = withdrawn
    ? 'What stood here was the evidence for an answer that was withdrawn.'
    : 'The evidence that stood here says nothing about this death any more.';
  return { text, blocks: [context(text)], plain: text };
}

/** The second message of a thread: what proves the verdict, a line each; null when there is nothing. */
export function renderEvidence(reply: Reply): SlackMessage | null {
  if (reply.evidence.length === 0) return null;
  const lines: string[] = [];
  let used = 0;
  for (const { at, source, text } of reply.evidence.slice(0, shownLines)) {
    const words = escapedWithin(text.replaceAll('`', "'"), longestLine);
    const from = `*${escapedWithin(source, longestSource)}*`;
    const line = `${at ? `${date(at)} ` : ''}${from} \`${words || ' '}\``;
    used += line.length + 1;
    if (used > budget) break;
    lines.push(line);
  }
  const hidden = reply.evidence.length - lines.length;
  const blocks = fitting([
    ...sections(['*Evidence*', ...lines]),
    ...(hidden > 0 ? [context(`… and ${hidden} more`)] : []),
  ]);
  const count = reply.evidence.length;
  const text = `Evidence: ${count} ${count === 1 ? 'record' : 'records'}`;
  return { text, blocks, plain: text };
}
