import type { Input, ListName } from '@coroner/schema/client/calls';
import type { HubClient } from '@coroner/schema/client/hub-client';
import type { StreamKind } from '@coroner/schema/http/stream';
import type { Command } from 'commander';
import { unwatchedWords } from '../../conversation/about/watched.ts';
import type { Paper } from '../../terminal/print-reply.ts';
import {
  comparedColumns,
  cronColumns,
  cronNextColumns,
  cronRunColumns,
  deathColumns,
  hostColumns,
  incidentColumns,
  loginColumns,
  timelineColumns,
} from './columns.ts';
import { filtersOf, type ListOptions, limitOf } from './filters.ts';
import { type Followed, follow } from './follow.ts';
import { type List, runList } from './run-list.ts';
import type { Column } from './table.ts';

const options = {
  host: ['--host <H>', 'on which host'],
  label: ['--label <L>', 'with that label, such as role or role=web'],
  process: ['--process <P>', 'its name, executable, first argument or unit'],
  cause: ['--cause <C>', 'such as oom-cgroup or signal-from-process'],
  user: ['--user <U>', 'whose process it was, or who did it'],
  state: ['--state <S>', 'open, acknowledged, snoozed, expected or resolved'],
  from: ['--from <ADDRESS>', 'where the person came from'],
  kind: ['--kind <K>', 'such as death, login, cron-run or gap'],
  at: ['--at <TIME>', 'who was logged in then'],
  with: ['--with <PERIOD>', 'the earlier one: previous (the default), day-before or week-before'],
  by: ['--by <KIND>', 'all, cause, host, program or actor'],
  since2: ['--since2 <TIME>', 'the earlier period itself, in place of --with'],
  until2: ['--until2 <TIME>', 'the same'],
  since: ['--since <TIME>', 'an ISO time or words, such as "2 hours ago" or "yesterday"'],
  until: ['--until <TIME>', 'the same'],
} as const;

const span = ['since', 'until'] as const;

interface Listing<Name extends ListName> extends List<Name> {
  name: string;
  description: string;
  /** Beside what is typed. */
  query?: Record<string, string>;
  takes: readonly (keyof typeof options)[];
  /** Prints another list where this option is given. */
  instead?: Instead;
}

interface Instead {
  flags: string;
  option: 'next' | 'follow';
  description: string;
  run: (asked: Asked) => Promise<void>;
}

interface Asked {
  host: string;
  filters: Record<string, string>;
  limit: number;
  json: boolean;
}

/** What lists take from the program around them. */
export interface Surroundings {
  connect: () => HubClient;
  paper: () => Paper;
  /** Runs what may throw for wrong options. */
  usage: <Value>(read: () => Value) => Value;
}

/** deaths, incidents, hosts, timeline HOST, logins, compare, cron, cron-runs. */
export function addListCommands(program: Command, around: Surroundings): void {
  const add = <Name extends ListName>(listing: Listing<Name>) => addList(program, listing, around);
  add({
    name: 'deaths',
    description: 'what died, newest first',
    endpoint: 'GET /v1/deaths',
    columns: deathColumns,
    alike: ({ incidentId, host, comm }) => incidentId && `${incidentId} ${host} ${comm}`,
    none: 'No such death.',
    takes: ['host', 'process', 'cause', 'user', ...span],
    instead: followed('death', deathColumns, around),
  });
  add({
    name: 'incidents',
    description: 'deaths that belong together, newest first',
    endpoint: 'GET /v1/incidents',
    columns: incidentColumns,
    none: 'No such incident.',
    takes: ['state', 'host', 'process', 'cause', 'user', ...span],
    instead: followed('incident', incidentColumns, around),
  });
  add({
    name: 'hosts',
    description: 'the hosts, and what cannot be seen there',
    endpoint: 'GET /v1/hosts',
    columns: hostColumns,
    none: 'No host has reported.',
    takes: ['host', 'label'],
  });
  add({
    name: 'timeline <HOST>',
    description: 'what happened on a host: deaths, logins, cron runs, boots, blind spots',
    endpoint: 'GET /v1/hosts/{host}/timeline',
    query: { order: 'desc' },
    columns: timelineColumns,
    alike: ({ verdict, comm }) => verdict?.incidentId && `${verdict.incidentId} ${comm}`,
    none: 'Nothing is known of that host then.',
    takes: ['process', 'cause', 'user', 'kind', ...span],
    reversed: true,
  });
  add({
    name: 'logins',
    description: 'who was logged in where, from where, from when to when',
    endpoint: 'GET /v1/logins',
    columns: loginColumns,
    none: 'No such login.',
    takes: ['host', 'user', 'from', 'at', ...span],
  });
  add({
    name: 'compare',
    description:
      'what is different: deaths of two periods by cause, host, program and who did it (default: the last day and the one before)',
    endpoint: 'GET /v1/compare',
    columns: comparedColumns,
    none: 'Nothing to compare.',
    remark: unwatchedWords,
    takes: ['with', 'by', 'host', 'process', 'cause', 'user', ...span, 'since2', 'until2'],
  });
  add({
    name: 'cron',
    description: 'lines of crontabs and when they run next; --since and --until bound the next run',
    endpoint: 'GET /v1/cron-jobs',
    columns: cronColumns,
    none: 'No such line of a crontab.',
    takes: ['host', 'user', 'process', ...span],
    instead: {
      flags: '--next',
      option: 'next',
      description:
        'the runs themselves, of all hosts in order of time (default: of the next 24 hours)',
      run: (asked) =>
        print(
          {
            endpoint: 'GET /v1/cron-next',
            columns: cronNextColumns,
            none: 'No such job runs then.',
          },
          asked,
          around,
        ),
    },
  });
  add({
    name: 'cron-runs',
    description: 'which jobs cron ran, on which hosts, as whom, and how they ended',
    endpoint: 'GET /v1/cron-runs',
    columns: cronRunColumns,
    none: 'No such run is recorded.',
    takes: ['host', 'user', 'process', ...span],
  });
}

function addList<Name extends ListName>(
  program: Command,
  listing: Listing<Name>,
  around: Surroundings,
): void {
  const command = program.command(listing.name).description(listing.description);
  for (const name of listing.takes) {
    const [flags, description] = options[name];
    command.option(flags, description);
  }
  const { instead } = listing;
  if (instead) command.option(instead.flags, instead.description);
  command
    .option('--limit <N>', 'at most so many', '50')
    .option('--json', "print the hub's items as JSON")
    .action(async (...given: unknown[]) => {
      const host = typeof given[0] === 'string' ? given[0] : '';
      const typed = command.opts<ListOptions>();
      const asked = { now: new Date(), timezone: around.paper().timezone };
      const wanted = around.usage(() => ({
        ...{ host, filters: filtersOf(typed, asked), limit: limitOf(typed) },
        json: typed.json === true,
      }));
      if (instead && typed[instead.option]) await instead.run(wanted);
      else await print(listing, wanted, around);
    });
}

async function print<Name extends ListName>(
  listing: List<Name> & { query?: Record<string, string> },
  { host, filters, limit, json }: Asked,
  around: Surroundings,
): Promise<void> {
  // What is typed is text, whose meaning the hub looks at: it names what is wrong.
  const input = { path: { host }, query: { ...listing.query, ...filters } };
  await runList(
    around.connect(),
    listing,
    { input: input as unknown as Input<Name>, limit, json },
    around.paper(),
    (text) => {
      process.stdout.write(text);
    },
  );
}

/** `--follow` of a list. */
const followed = <Kind extends StreamKind>(
  kind: Kind,
  columns: readonly Column<Followed<Kind>>[],
  around: Surroundings,
): Instead => ({
  ...{ flags: '--follow', option: 'follow' },
  description: 'print them as they come, until Ctrl-C',
  run: async ({ filters, json }) => {
    const past = ['since', 'until'].find((name) => name in filters);
    around.usage(() => {
      if (past) throw new Error(`--follow prints what comes from now on: leave out --${past}`);
    });
    await follow(
      ...([around.connect(), { kind, columns, filters, json }, around.paper()] as const),
      (text) => void process.stdout.write(text),
      (line) => void process.stderr.write(`${line}\n`),
    );
  },
});
