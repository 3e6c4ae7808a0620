import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { ActionResult, NewAction } from '@coroner/schema/http/actions';
import { printable } from '@coroner/schema/verdict/words/printable';
import type { Command } from 'commander';
import { localTime } from '../../terminal/plain-words.ts';
import type { Surroundings } from '../lists/commands.ts';
import { spanMs } from '../span.ts';

interface Options {
  for?: string;
  note?: string;
  reason?: string;
  json?: boolean;
}

type Wanted = NewAction extends infer Action
  ? Action extends NewAction
    ? Omit<Action, 'id' | 'by'>
    : never
  : never;

/** incidents ack, snooze, expect, note, resolve, reopen: what the buttons of a card do. */
export function addActionCommands(incidents: Command, around: Surroundings): void {
  const add = (
    name: string,
    description: string,
    read: (given: Options, text: string) => Wanted,
  ) => {
    const command = incidents
      .command(name)
      .description(description)
      .argument('<ID>', 'as the list or an alert shows it')
      .option('--json', "print the hub's answer as JSON");
    return command.action(async (id: string, ...rest: unknown[]) => {
      // The list above takes --json as well, and what it knows is taken from whoever stands below it.
      const given = command.optsWithGlobals<Options>();
      const wanted = around.usage(() => read(given, typeof rest[0] === 'string' ? rest[0] : ''));
      const action = { id: randomUUID(), by: { name: userInfo().username }, ...wanted };
      const done = await around
        .connect()
        .call('POST /v1/incidents/{id}/actions', { path: { id }, body: action });
      const text = given.json ? JSON.stringify(done, null, 2) : inWords(done, around);
      process.stdout.write(`${text}\n`);
    });
  };
  const noted = (note: string | undefined) => (note === undefined ? {} : { note });
  const note = ['--note <TEXT>', 'what others should know'] as const;
  const span = ['--for <SPAN>', 'such as 30m, 4h, 7d'] as const;
  add('ack', 'say that you see to it', (given) => ({
    kind: 'acknowledge',
    ...noted(given.note),
  })).option(...note);
  add('snooze', 'quiet for a time, or until it escalates', (given) => ({
    ...{ kind: 'snooze', until: untilOf(given.for) },
    ...noted(given.note),
  }))
    .requiredOption(...span)
    .option(...note);
  add('expect', 'announce deaths like its first one, with a reason and an end', (given) => ({
    ...{ kind: 'expect', until: untilOf(given.for), note: given.reason ?? '' },
  }))
    .requiredOption(...span)
    .requiredOption('--reason <TEXT>', 'why they are expected');
  add('note', 'write something down', (_, text) => ({ kind: 'note', note: text })).argument(
    '<TEXT>',
    'one argument: put it into quotes',
  );
  add('resolve', 'it is over; it opens again when it grows', (given) => ({
    kind: 'resolve',
    ...noted(given.note),
  })).option(...note);
  add('reopen', 'take that back: it alerts again', (given) => ({
    kind: 'reopen',
    ...noted(given.note),
  })).option(...note);
}

const untilOf = (span = ''): string => new Date(Date.now() + spanMs('--for', span)).toISOString();

function inWords({ incidentId, action, state }: ActionResult, { paper }: Surroundings): string {
  const { until } = state.action ?? {};
  const end = until ? ` until ${localTime(until, paper().timezone)}` : '';
  const what = action.kind === 'note' ? 'Noted; it' : 'It';
  return printable(`${what} is ${state.status}${end}: incident ${incidentId}`);
}
