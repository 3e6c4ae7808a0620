import type { Choice } from '../../conversation/reply.ts';
import { sentence } from '../../conversation/words.ts';
import { type Block, type Button, context, sections } from './blocks.ts';
import { limits } from './limits.ts';
import { date, escapedWithin, mrkdwn } from './mrkdwn.ts';

const shownChoices = 8;
const longestName = 60;
const longestSummary = 280;

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
  const lines = choices.slice(0, shownChoices).map((each, index) => `${index + 1}. ${line(each)}`);
  const buttons = choices.slice(0, limits.buttons).map(({ comm, pid, host, id }, index) => {
    const who = pid ? `${comm} (pid ${pid}) on ${host}` : `${comm} on ${host}`;
    const itself = pid === 0 && comm === 'host';
    return deathButton(`${index + 1}. ${itself ? `the host ${host} itself` : who}`, id, index);
  });
  const more = choices.length - shownChoices;
  return [
    ...sections([`*${title}*`, ...lines]),
    ...(more > 0 ? [context(`… and ${more} more`)] : []),
    { type: 'actions', elements: buttons },
  ];
}

function line({ comm, host, diedAt, summary }: Choice): string {
  if (summary) return `${date(diedAt)}: ${mrkdwn(sentence(summary), longestSummary)}`;
  const name = escapedWithin(comm.replaceAll('`', "'"), longestName);
  const where = escapedWithin(host.replaceAll('`', "'"), longestName);
  return `\`${name}\` on \`${where}\`, ${date(diedAt)}`;
}
