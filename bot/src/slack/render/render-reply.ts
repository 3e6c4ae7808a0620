import { sure } from '../../conversation/replies/sure.ts';
import type { Reply } from '../../conversation/reply.ts';
import type { Words } from '../../conversation/words.ts';
import { type Block, context, fitting, type SlackMessage, section, sections } from './blocks.ts';
import { lineChart, sparklines } from './chart.ts';
import { choiceBlocks } from './choices.ts';
import { limits } from './limits.ts';
import { escapedWithin, mrkdwn, plain } from './mrkdwn.ts';
import { withPages } from './page-links.ts';

const longestHeadline = 2000;
const longestFact = 600;
const longestPoint = 300;
const shownPoints = 6;

/** What stands there while the hub thinks. */
export function renderWaiting(): SlackMessage {
  const text = 'Looking through the evidence …';
  return { text, blocks: [context(`:hourglass_flowing_sand: ${text}`)], plain: text };
}

/** Others in the channel did not see what was typed: `asked`, in mrkdwn, stands above its answer. */
export function underQuestion(message: SlackMessage, asked: string | null): SlackMessage {
  if (asked === null) return message;
  const above = context(asked);
  const rich = message.rich ? { rich: [above, ...message.rich] } : {};
  return { ...message, ...rich, blocks: [above, ...message.blocks] };
}

/** The message that answers a question, with links to the hub at `publicUrl`: verdict on top, then whom, why, how sure, what to do. */
export function renderReply(reply: Reply, publicUrl: string | null = null): SlackMessage {
  const gaps = reply.gaps.map((gap): Words => [gap]);
  const asked = reply.examples.map((each) => `“${escapedWithin(each, longestPoint)}”`);
  const blocksWith = (chart: readonly Block[]): Block[] => [
    ...(reply.note ? [context(`:warning: ${mrkdwn(reply.note, longestPoint)}`)] : []),
    section(mrkdwn(reply.headline, longestHeadline)),
    ...sections(reply.facts.map(({ label, words }) => `*${label}:* ${mrkdwn(words, longestFact)}`)),
    ...chart,
    ...(reply.confidence ? [context(`*${sure[reply.confidence].replace(':', ':*')}`)] : []),
    ...points('*Ruled out:*', reply.ruledOut, context),
    ...points(':bulb: *What to do:*', reply.advice, section),
    ...points(':warning: *Blind spots:*', gaps, context),
    ...choiceBlocks(reply.choicesTitle, reply.choices),
    ...(asked.length > 0 ? [context(`Ask, for example: ${asked.join(' or ')}`)] : []),
  ];
  const drawn = reply.series ? lineChart(reply.series) : null;
  const message = {
    text: plain(reply.headline, limits.text),
    ...(drawn ? { rich: fitting(blocksWith([drawn])) } : {}),
    blocks: fitting(blocksWith(sparklines(reply.chart))),
    plain: plainReply(reply),
  };
  return withPages(message, publicUrl, reply.pages);
}

function points(
  title: string,
  items: readonly Words[],
  as: (text: string) => Block,
): readonly Block[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, shownPoints).map((item) => mrkdwn(item, longestPoint - 2));
  const hidden = items.length - shown.length;
  const all = hidden > 0 ? [...shown, `… and ${hidden} more`] : shown;
  if (all.length === 1) return [as(`${title} ${all[0]}`)];
  return [as([title, ...all.map((each) => `• ${each}`)].join('\n'))];
}

/** Everything in lines without blocks, for a Slack that refuses them. */
function plainReply(reply: Reply): string {
  const lines = [
    plain(reply.headline, longestHeadline),
    ...reply.facts.map(({ label, words }) => `${label}: ${plain(words, longestPoint)}`),
    ...(reply.confidence ? [sure[reply.confidence]] : []),
    ...reply.choices.map(({ comm, host, diedAt }) =>
      plain([`${comm} on ${host}, `, { at: diedAt }], longestPoint),
    ),
  ];
  let text = '';
  for (const line of lines) {
    if (text.length + line.length + 1 > limits.plainText) break;
    text += text === '' ? line : `\n${line}`;
  }
  return text;
}
