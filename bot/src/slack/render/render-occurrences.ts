import type { Alert } from '@coroner/schema/wire/alert';
import type { Growth } from '../../alerts/occurrences/growth.ts';
import { context, type SlackMessage } from './blocks.ts';
import { date, escapedWithin } from './mrkdwn.ts';

const longestName = 60;
const shownHosts = 6;
const shownVictims = 6;

/** One line of an incident's thread: what died since the line before it. */
export function renderOccurrences(growth: Growth, alert: Alert): SlackMessage {
  const { deaths, hosts, victims } = growth;
  const where = hosts.length > 0 ? ` on ${hostNames(growth)}` : '';
  const text = `*+${deaths} ${deaths === 1 ? 'death' : 'deaths'}*${where}`;
  const parts = [
    text,
    victims.length > 0 ? victimNames(victims) : null,
    `${alert.deaths} in all, the last ${date(alert.lastAt)}`,
  ];
  const line = parts.filter((part) => part !== null).join(' · ');
  return { text: line, blocks: [context(line)], plain: line };
}

/** The hub counts the hosts that have most: where others have died too, the line says so. */
function hostNames({ deaths, hosts }: Growth): string {
  const shown = hosts.slice(0, shownHosts);
  const isOne = hosts.length === 1 && hosts[0]?.count === deaths;
  const names = shown.map(({ name, count }) => {
    const host = escapedWithin(name, longestName);
    return isOne ? host : `${host} (${count})`;
  });
  const counted = shown.reduce((sum, { count }) => sum + count, 0);
  return names.join(', ') + (counted < deaths ? ' and other hosts' : '');
}

function victimNames(victims: Growth['victims']): string {
  const shown = victims.slice(0, shownVictims).map(({ name, count }) => {
    const comm = escapedWithin(name.replaceAll('`', "'"), longestName);
    return count > 1 ? `\`${comm}\` ×${count}` : `\`${comm}\``;
  });
  const others = victims.length - shown.length;
  return shown.join(', ') + (others > 0 ? ` and ${others} more names` : '');
}
