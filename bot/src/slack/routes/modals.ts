import { severities } from '@coroner/schema/severity';
import type { types, ViewOutput } from '@slack/bolt';
import { z } from 'zod';
import type { TypedRoute } from '../../routes/read-route.ts';
import { option, text } from '../act/choices.ts';
import { section } from '../render/blocks.ts';
import { escapedWithin } from '../render/mrkdwn.ts';

/** All that a modal carries besides what is typed; `isNew`: the id is that of the route to be made. */
export const About = z.object({ routeId: z.string(), isNew: z.boolean(), channel: z.string() });
export type About = z.infer<typeof About>;

export const routeModal = /^route:(?:save|delete)$/;
const longestText = 1000;
const everySeverity = 'every severity';
const goOn = { stop: 'Stop here', continue: 'Try later routes too' };

/** The form of a route, filled in with what it says now. */
export function editModal(about: About, typed: TypedRoute): types.ModalView {
  const ids = (typed.mentions ?? '').split(',').map((each) => each.trim());
  const people = ids.filter((id) => /^[UW]/.test(id));
  const groups = ids.filter((id) => id.startsWith('S')).join(', ');
  return {
    ...frame('save', about, about.isNew ? 'Add a route' : 'Edit a route', 'Save'),
    blocks: [
      line('name', 'Name', 'What it is for, such as: database team', typed.name, false),
      input('channel', 'Channel', 'Invite the bot there.', {
        ...{ type: 'conversations_select', filter: { include: ['public', 'private'] } },
        ...(typed.channel ? { initial_conversation: typed.channel } : {}),
      }),
      line(
        'hosts',
        'Hosts',
        'Such as: web-*, db-1. With commas; * is any characters.',
        typed.hosts,
      ),
      line('units', 'Units', 'Such as: nginx*, postgresql@*', typed.units),
      line('labels', 'Labels of hosts', 'Such as: role=web', typed.labels),
      line('causes', 'Causes', 'Such as: oom-cgroup, crash', typed.causes),
      line('users', 'Users', 'Whose process died, or who did it', typed.users),
      choice('severity', 'Severity', severityOptions, typed.severity ?? everySeverity),
      input(
        'people',
        'People to name',
        'Once, in each new card.',
        { type: 'multi_users_select', ...(people.length > 0 ? { initial_users: people } : {}) },
        true,
      ),
      line('groups', 'Groups to name', 'Ids of user groups, S…', groups),
      line(
        'quiet',
        'Quiet hours',
        'Such as: 22:00-08:00 mon-fri. Only critical ones post.',
        typed.quiet,
      ),
      line(
        'threshold',
        'Threshold',
        'Such as: 5 in 10m. Posts once so many died.',
        typed.threshold,
      ),
      choice('then', 'When it fits', goOnOptions, typed.continue ? 'continue' : 'stop'),
      line('order', 'Order', 'Lower ones are tried first; 100 without it.', typed.order),
    ],
  };
}

export function deleteModal(about: About, name: string): types.ModalView {
  const words = `Delete *${escapedWithin(name.replaceAll('*', '∗'), 80)}*? Cards that are posted stay true.`;
  return {
    ...frame('delete', about, 'Delete a route', 'Delete'),
    blocks: [section(words) as types.SectionBlock],
  };
}

const frame = (kind: 'save' | 'delete', about: About, title: string, submit: string) => ({
  type: 'modal' as const,
  callback_id: `route:${kind}`,
  private_metadata: JSON.stringify(about),
  ...{ title: text(title), submit: text(submit), close: text('Cancel') },
});

const severityOptions = [everySeverity, ...severities.slice(1)].map((name, index) => {
  const label = index === 1 ? `${name} or worse` : name;
  return option(label, name);
});
const goOnOptions = Object.entries(goOn).map(([value, label]) => option(label, value));

/** A block of one element; both have the name of the field. */
function input(name: string, label: string, hint: string, element: object, optional = false) {
  return {
    ...{ type: 'input', block_id: name, label: text(label), hint: text(hint), optional },
    element: { action_id: name, ...element },
  } as types.InputBlock;
}

function line(name: string, label: string, hint: string, value?: string, optional = true) {
  const initial = value ? { initial_value: value } : {};
  const element = { type: 'plain_text_input', max_length: longestText, ...initial };
  return input(name, label, hint, element, optional);
}

function choice(name: string, label: string, options: ReturnType<typeof option>[], now: string) {
  const initial = options.find(({ value }) => value === now) ?? options[0];
  return {
    ...{ type: 'input', block_id: name, label: text(label) },
    element: { type: 'static_select', action_id: name, options, initial_option: initial },
  } as types.InputBlock;
}

/** What was typed into the form, by the names of its fields. */
export function typedIn(values: ViewOutput['state']['values']): TypedRoute {
  const of = (name: string) => values[name]?.[name];
  const written = (name: string) => of(name)?.value?.trim() ?? '';
  const severity = of('severity')?.selected_option?.value ?? everySeverity;
  const people = of('people')?.selected_users ?? [];
  return {
    ...{ name: written('name'), channel: of('channel')?.selected_conversation ?? '' },
    ...{ hosts: written('hosts'), units: written('units'), labels: written('labels') },
    ...{ causes: written('causes'), users: written('users') },
    ...(severity === everySeverity ? {} : { severity }),
    mentions: [...people, written('groups')].join(','),
    ...{ quiet: written('quiet'), threshold: written('threshold'), order: written('order') },
    continue: of('then')?.selected_option?.value === 'continue',
  };
}
