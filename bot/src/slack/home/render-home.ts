import type { AlertRoute } from '@coroner/schema/http/alert-routes';
import type { IncidentRow } from '@coroner/schema/http/incidents';
import type { HostRow } from '@coroner/schema/http/pages';
import { type Block, context, fitting, section } from '../render/blocks.ts';
import { deathButton } from '../render/choices.ts';
import { date, escapedWithin } from '../render/mrkdwn.ts';
import { standingLine } from '../render/standing.ts';
import { subscriptionBlocks } from '../routes/subscription-blocks.ts';
import type { Glance } from './glance.ts';

const longestName = 60;
const longestTitle = 300;
const shownNames = 12;
const shownCauses = 6;

export interface HomeView {
  type: 'home';
  blocks: Block[];
}

/** The Home tab: what is open and who sees to what, hosts, the last day, and how to ask. */
export function renderHome(fleet: Glance): HomeView {
  const { open, moreOpen, acknowledged } = fleet;
  const count = `${open.length}${moreOpen ? ' or more' : ''}`;
  const title = `${count} open ${open.length === 1 ? 'incident' : 'incidents'}`;
  return view([
    section(
      open.length > 0 ? `:rotating_light: *${title}*` : ':white_check_mark: *No open incident*',
    ),
    ...open.flatMap((each, index) => incident(each, index)),
    ...(acknowledged.length > 0 ? [section(':eyes: *Somebody sees to these*')] : []),
    ...acknowledged.flatMap((each, index) => incident(each, open.length + index)),
    section(`*${hosts(fleet)}*`),
    ...names(':warning: *Silent:*', fleet.silent.map(silence)),
    ...names(
      '*Without an agent:*',
      fleet.withoutAgent.map((host) => escapedWithin(host, longestName)),
    ),
    section(`*Last day: ${fleet.day.total} deaths*${causes(fleet)}`),
    context(
      `As of ${date(fleet.madeAt)} · Mention me, write to me, or type \`/coroner why did nginx die on web-3 last night?\``,
    ),
  ]);
}

export function renderHomeTrouble(message: string): HomeView {
  return view([section(`I cannot show the fleet now. ${escapedWithin(message, longestTitle)}`)]);
}

/** The tab of one user, with what they subscribed to. */
export function withSubscriptions({ blocks }: HomeView, mine: readonly AlertRoute[]): HomeView {
  return view([...blocks, section('*My subscriptions*'), ...subscriptionBlocks(mine)]);
}

const view = (blocks: Block[]): HomeView => ({ type: 'home', blocks: fitting(blocks) });

function hosts({ hosts: count, more, silent }: Glance): string {
  const all = `${count}${more ? ' or more' : ''} ${count === 1 ? 'host' : 'hosts'} with an agent`;
  return silent.length === 0 ? `${all}, all heard` : `${all}, ${silent.length} silent`;
}

const silence = ({ host, lastSeenAt }: HostRow): string =>
  `${escapedWithin(host, longestName)}${lastSeenAt === null ? '' : ` since ${date(lastSeenAt)}`}`;

function names(title: string, all: readonly string[]): Block[] {
  if (all.length === 0) return [];
  const shown = all.slice(0, shownNames);
  const more = all.length > shown.length ? ` and ${all.length - shown.length} more` : '';
  return [context(`${title} ${shown.join(', ')}${more}`)];
}

function causes({ day }: Glance): string {
  const shown = day.causes.slice(0, shownCauses).map(({ cause, count }) => `\`${cause}\` ${count}`);
  return shown.length === 0 ? '' : `\n${shown.join(' · ')}`;
}

function incident(row: IncidentRow, index: number): Block[] {
  const { title, deaths, hosts: on, lastAt, deathId, state } = row;
  const wide = on.length > 1 ? ` · ${on.length} hosts` : '';
  const stands = state?.action ? `\n${standingLine(state.status, state.action)}` : '';
  const many = deaths > 1 ? ` · ${deaths} deaths` : '';
  return [
    section(`${date(lastAt)}${many}${wide}\n${escapedWithin(title, longestTitle)}${stands}`),
    { type: 'actions', elements: [deathButton('Why?', deathId, index)] },
  ];
}
