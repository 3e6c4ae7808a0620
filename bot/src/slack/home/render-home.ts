import type { IncidentRow } from '@coroner/schema/http/incidents';
import { type Block, context, fitting, section } from '../render/blocks.ts';
import { deathButton } from '../render/choices.ts';
import { date, escapedWithin } from '../render/mrkdwn.ts';
import type { Glance } from './glance.ts';

const longestName = 60;
const longestTitle = 300;
const shownNames = 12;
const shownCauses = 6;

export interface HomeView {
  type: 'home';
  blocks: Block[];
}

/** The Home tab: hosts, the last day, the newest incidents, and how to ask. */
export function renderHome(fleet: Glance): HomeView {
  return view([
    section(`*${hosts(fleet)}*`),
    ...names(
      ':warning: *Silent:*',
      fleet.silent.map(({ host }) => host),
    ),
    ...names('*Without an agent:*', fleet.withoutAgent),
    section(`*Last day: ${fleet.day.total} deaths*${causes(fleet)}`),
    ...(fleet.incidents.length > 0 ? [section('*Newest incidents*')] : []),
    ...fleet.incidents.flatMap(incident),
    context('Mention me, write to me, or type `/coroner why did nginx die on web-3 last night?`'),
  ]);
}

export function renderHomeTrouble(message: string): HomeView {
  return view([section(`I cannot show the fleet now. ${escapedWithin(message, longestTitle)}`)]);
}

const view = (blocks: Block[]): HomeView => ({ type: 'home', blocks: fitting(blocks) });

function hosts({ hosts: count, more, silent }: Glance): string {
  const all = `${count}${more ? ' or more' : ''} ${count === 1 ? 'host' : 'hosts'} with an agent`;
  return silent.length === 0 ? `${all}, all heard` : `${all}, ${silent.length} silent`;
}

function names(title: string, all: readonly string[]): Block[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, shownNames).map((name) => escapedWithin(name, longestName));
  const more = all.length > shown.length ? ` and ${all.length - shown.length} more` : '';
  return [context(`${title} ${shown.join(', ')}${more}`)];
}

function causes({ day }: Glance): string {
  const shown = day.causes.slice(0, shownCauses).map(({ cause, count }) => `\`${cause}\` ${count}`);
  return shown.length === 0 ? '' : `\n${shown.join(' · ')}`;
}

function incident({ title, deaths, lastAt, deathId }: IncidentRow, index: number): Block[] {
  const many = deaths > 1 ? ` · ${deaths} deaths` : '';
  return [
    section(`${date(lastAt)}${many}\n${escapedWithin(title, longestTitle)}`),
    { type: 'actions', elements: [deathButton('Why?', deathId, index)] },
  ];
}
