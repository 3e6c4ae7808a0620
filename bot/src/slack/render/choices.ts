import type { Choice } from '../../conversation/reply.ts';
import { type Block, type Button, context, sections } from './blocks.ts';
import { limits } from './limits.ts';
import { date, escapedWithin } from './mrkdwn.ts';

const shownChoices = 8;
const longestName = 60;
const longestSummary = 220;

/** The action id of every button that asks for a death; Slack wants each id once in a message. */
export const deathAction = /^death:/;

export function deathButton(label: string, deathId: string, index = 0): Button {
  return {
    type: 'button',
    action_id: `death:${index}`,
    // Plain text is not parsed, but Slack counts and shows it escaped.
    text: { type: 'plain_text', text: escapedWithin(label, limits.buttonText), emoji: false },
    value: deathId,
  };
}

/** Deaths to choose from: a line each, and buttons for the first ones. */
export function choiceBlocks(title: string, choices: readonly Choice[]): Block[] {
  if (choices.length === 0) return [];
  const lines = choices.slice(0, shownChoices).map((choice, index) => {
    const name = escapedWithin(choice.comm.replaceAll('`', "'"), longestName);
    const host = escapedWithin(choice.host.replaceAll('`', "'"), longestName);
    const how = choice.summary ? `: ${escapedWithin(choice.summary, longestSummary)}` : '';
    return `${index + 1}. \`${name}\` on \`${host}\`, ${date(choice.diedAt)}${how}`;
  });
  const buttons = choices.slice(0, limits.buttons).map((choice, index) => {
    return deathButton(`${index + 1}. ${choice.comm} on ${choice.host}`, choice.id, index);
  });
  const more = choices.length - shownChoices;
  return [
    ...sections([`*${title}*`, ...lines]),
    ...(more > 0 ? [context(`… and ${more} more`)] : []),
    { type: 'actions', elements: buttons },
  ];
}
