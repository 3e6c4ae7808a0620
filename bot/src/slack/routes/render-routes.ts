import type { AlertRoute } from '@coroner/schema/http/alert-routes';
import { matchWords, whenWords } from '../../routes/words.ts';
import { text } from '../act/choices.ts';
import {
  type Block,
  type Button,
  context,
  fitting,
  type SlackMessage,
  section,
} from '../render/blocks.ts';
import { escapedWithin } from '../render/mrkdwn.ts';

/** Action ids: `route:add`, and `route:edit:N`, `route:delete:N` of the N-th; values are ids. */
export const routeAction = /^route:/;

const shownRoutes = 15;
const longestMatch = 500;
const id = /^[CGDUWS][A-Z0-9]+$/;

/** All routes but subscriptions, for one person to see and change. */
export function renderRoutes(all: readonly AlertRoute[]): SlackMessage {
  const routes = all.filter(({ owner }) => owner === undefined);
  const shown = routes.slice(0, shownRoutes);
  const more = routes.length - shown.length;
  const title = 'Where alerts go';
  const lines = shown.map((route, index) => `${index + 1}. ${line(route)}`);
  const last =
    routes.length === 0
      ? 'There is no route: all alerts go to the channel of `SLACK_ALERT_CHANNEL`.'
      : 'The first that fits takes it; what none takes goes to the channel of `SLACK_ALERT_CHANNEL`.';
  const blocks: Block[] = [
    section(`*${title}*`),
    ...lines.flatMap((each, index) => [section(each), buttons(shown[index]?.id ?? '', index)]),
    ...(more > 0 ? [context(`… and ${more} more: \`npx coroner routes\``)] : []),
    context(last),
    { type: 'actions', elements: [button('route:add', 'Add a route…', 'new')] },
  ];
  return { text: title, blocks: fitting(blocks), plain: [title, ...lines, last].join('\n') };
}

/** One route in a line: what it takes, where it goes, whom it names, when. */
export function line(route: AlertRoute): string {
  const { name, channel, mentions, owner } = route;
  const when = whenWords(route);
  const parts = [
    `*${escapedWithin(name.replaceAll('*', '∗'), 80)}*: ${escapedWithin(matchWords(route), longestMatch)} → ${place(channel)}`,
    ...(mentions.length > 0 ? [`names ${mentions.map(place).join(' ')}`] : []),
    ...(when === '' ? [] : [escapedWithin(when, longestMatch)]),
    ...(route.continue && owner === undefined ? ['then later routes too'] : []),
  ];
  return parts.join(' · ');
}

/** Ids of the contract's shapes alone make a mention: to one person, who sees names and nobody is notified. */
function place(name: string): string {
  if (!id.test(name)) return escapedWithin(name, 40);
  if (name.startsWith('S')) return `<!subteam^${name}>`;
  return /^[UW]/.test(name) ? `<@${name}>` : `<#${name}>`;
}

const buttons = (routeId: string, index: number): Block => ({
  type: 'actions',
  elements: [
    button(`route:edit:${index}`, 'Edit…', routeId),
    button(`route:delete:${index}`, 'Delete…', routeId),
  ],
});

const button = (actionId: string, label: string, value: string): Button => ({
  ...{ type: 'button', action_id: actionId, text: text(label), value },
});
