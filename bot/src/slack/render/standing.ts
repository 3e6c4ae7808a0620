import type { Author, IncidentAction, IncidentStatus } from '@coroner/schema/http/actions';
import type { Alert } from '@coroner/schema/wire/alert';
import { type SlackMessage, section } from './blocks.ts';
import { date, escapedWithin } from './mrkdwn.ts';

const longestTitle = 400;
const longestName = 80;
const longestNote = 300;
const shownNotes = 3;
const slackUser = /^[UW][A-Z0-9]+$/;

const standing: Record<IncidentStatus, string> = {
  open: ':rotating_light: *Open again*',
  acknowledged: ':eyes: *Acknowledged',
  snoozed: ':zzz: *Snoozed',
  expected: ':calendar: *Expected',
  resolved: ':white_check_mark: *Resolved',
};

/** Where an incident stands and who did it, then the last notes, a line each; none for one untouched. */
export function standingLines({ state, actions = [] }: Alert): string[] {
  if (!state) return [];
  const notes = actions.filter(({ kind }) => kind === 'note').slice(-shownNotes);
  const action = state.action;
  return [
    ...(action ? [standingLine(state.status, action)] : []),
    ...notes.map((each) => `:memo: ${author(each.by)}, ${date(each.at)}: ${noteOf(each)}`),
  ];
}

/** What the thread says when an incident is open again. */
export function renderReopened(alert: Alert): SlackMessage {
  const [line = ''] = standingLines(alert);
  const title = escapedWithin(alert.title.replaceAll('*', '∗'), longestTitle);
  const text = `${line} · ${title}`;
  return { text, blocks: [section(text)], plain: text };
}

/** Where it stands by that action. */
export function standingLine(status: IncidentStatus, action: IncidentAction): string {
  const { by, at, note, until } = action;
  const said = note === null ? '' : `: ${noteOf(action)}`;
  if (status === 'open') return `${standing.open} since ${date(at)}, by ${author(by)}${said}`;
  const end = until === null ? '' : ` until ${date(until)}`;
  return `${standing[status]} by ${author(by)}*${end} · ${date(at)}${said}`;
}

/** A person of this Slack is named as Slack shows them; an edited message notifies nobody. */
function author({ name, slackUser: id }: Author): string {
  if (id !== null && slackUser.test(id)) return `<@${id}>`;
  return escapedWithin(name.replaceAll('*', '∗'), longestName);
}

const noteOf = ({ note }: IncidentAction): string => escapedWithin(note ?? '', longestNote);
