import type { Alert } from '@coroner/schema/wire/alert';
import { sentence } from '../../conversation/words.ts';
import { cardElements } from '../act/choices.ts';
import { type Block, context, fitting, type SlackMessage, section } from './blocks.ts';
import { limits } from './limits.ts';
import { date, escapedWithin, mrkdwn, plain } from './mrkdwn.ts';
import { standingLines } from './standing.ts';

const longestTitle = 400;
const longestSummary = 1800;
const longestName = 60;
const shownVictims = 10;
const shownHosts = 10;
/** `2026-11-23T03:12:07` of an instant. */
const secondsLength = 19;

/** One card for one incident, edited in place as it grows. */
export function renderAlert(alert: Alert): SlackMessage {
  const { answer } = alert;
  const summary = sentence(answer.verdict.summary);
  // The title of a single death says less than its summary: then the summary alone stands there.
  const titled = alert.deaths > 1 || alert.hosts.length > 1 || alert.withdrawn === true;
  const title = escapedWithin(alert.title.replaceAll('*', '∗'), longestTitle);
  const lines = standingLines(alert);
  const blocks: Block[] = [
    ...(titled ? [section(`:skull: *${title}*`)] : []),
    section(`${titled ? '' : ':skull: '}${mrkdwn(summary, longestSummary)}`),
    context(counts(alert)),
    ...(lines.length > 0 ? [section(lines.join('\n'))] : []),
    { type: 'actions', elements: cardElements(alert) },
  ];
  const text = titled ? title : plain(summary, limits.text);
  const said = titled ? [title, plain(summary, longestSummary)] : [plain(summary, longestSummary)];
  return {
    text,
    blocks: fitting(blocks),
    plain: [...said, counts(alert), ...lines].join('\n').slice(0, limits.plainText),
  };
}

/** How many of what died where and when; parts that would say "1" are left out. */
function counts(alert: Alert): string {
  const { answer, deaths, hosts, victims, firstAt, lastAt } = alert;
  const inOneSecond = firstAt.slice(0, secondsLength) === lastAt.slice(0, secondsLength);
  const span = inOneSecond ? date(firstAt) : `${date(firstAt)} to ${date(lastAt)}`;
  const parts = [
    deaths > 1 ? `*${deaths} deaths*` : null,
    victims.length > 1 ? named(victims) : null,
    hosts.length > 1 ? `*${hosts.length} hosts*: ${listed(hosts)}` : null,
    span,
    `cause \`${answer.verdict.cause}\``,
    answer.verdict.confidence,
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

function named(victims: Alert['victims']): string {
  const shown = victims.slice(0, shownVictims).map(({ comm, count }) => {
    const name = escapedWithin(comm.replaceAll('`', "'"), longestName);
    return count > 1 ? `\`${name}\` ×${count}` : `\`${name}\``;
  });
  const more = victims.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more names` : '');
}

function listed(hosts: readonly string[]): string {
  const shown = hosts.slice(0, shownHosts).map((host) => escapedWithin(host, longestName));
  const more = hosts.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
