import { CronJobPage } from '@coroner/schema/http/cron-jobs';
import { IncidentPage } from '@coroner/schema/http/incidents';
import { SessionPage } from '@coroner/schema/http/logins';
import { DeathPage, HostPage } from '@coroner/schema/http/pages';
import { TimelinePage } from '@coroner/schema/http/timeline';
import type { Command } from 'commander';
import type { FleetClient } from '../../hub-client/fleet-client.ts';
import type { Paper } from '../../terminal/print-reply.ts';
import {
  cronColumns,
  deathColumns,
  hostColumns,
  incidentColumns,
  loginColumns,
  timelineColumns,
} from './columns.ts';
import { filtersOf, type ListOptions, limitOf } from './filters.ts';
import { type List, runList } from './run-list.ts';

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
  since: ['--since <TIME>', 'an ISO time or words, such as "2 hours ago" or "yesterday"'],
  until: ['--until <TIME>', 'the same'],
} as const;

const span = ['since', 'until'] as const;

interface Listing<Item> extends List<Item> {
  name: string;
  description: string;
  takes: readonly (keyof typeof options)[];
}

/** What lists take from the program around them. */
export interface Surroundings {
  connect: () => FleetClient;
  paper: () => Paper;
  /** Runs what may throw for wrong options. */
  usage: <Value>(read: () => Value) => Value;
}

/** deaths, incidents, hosts, timeline HOST, logins, cron. */
export function addListCommands(program: Command, around: Surroundings): void {
  const add = <Item>(listing: Listing<Item>) => addList(program, listing, around);
  add({
    name: 'deaths',
    description: 'what died, newest first',
    path: 'v1/deaths',
    page: DeathPage,
    columns: deathColumns,
    alike: ({ incidentId, host, comm }) => incidentId && `${incidentId} ${host} ${comm}`,
    none: 'No such death.',
    takes: ['host', 'process', 'cause', 'user', ...span],
  });
  add({
    name: 'incidents',
    description: 'deaths that belong together, newest first',
    path: 'v1/incidents',
    page: IncidentPage,
    columns: incidentColumns,
    none: 'No such incident.',
    takes: ['state', 'host', 'process', 'cause', 'user', ...span],
  });
  add({
    name: 'hosts',
    description: 'the hosts, and what cannot be seen there',
    path: 'v1/hosts',
    page: HostPage,
    columns: hostColumns,
    none: 'No host has reported.',
    takes: ['host', 'label'],
  });
  add({
    name: 'timeline <HOST>',
    description: 'what happened on a host: deaths, logins, cron runs, boots, blind spots',
    path: 'v1/hosts/{host}/timeline?order=desc',
    page: TimelinePage,
    columns: timelineColumns,
    alike: ({ verdict, comm }) => verdict?.incidentId && `${verdict.incidentId} ${comm}`,
    none: 'Nothing is known of that host then.',
    takes: ['process', 'cause', 'user', 'kind', ...span],
    reversed: true,
  });
  add({
    name: 'logins',
    description: 'who was logged in where, from where, from when to when',
    path: 'v1/logins',
    page: SessionPage,
    columns: loginColumns,
    none: 'No such login.',
    takes: ['host', 'user', 'from', 'at', ...span],
  });
  add({
    name: 'cron',
    description: 'lines of crontabs and when they run next; --since and --until bound the next run',
    path: 'v1/cron-jobs',
    page: CronJobPage,
    columns: cronColumns,
    none: 'No such line of a crontab.',
    takes: ['host', 'user', 'process', ...span],
  });
}

function addList<Item>(program: Command, listing: Listing<Item>, around: Surroundings): void {
  const command = program.command(listing.name).description(listing.description);
  for (const name of listing.takes) {
    const [flags, description] = options[name];
    command.option(flags, description);
  }
  command
    .option('--limit <N>', 'at most so many', '50')
    .option('--json', "print the hub's items as JSON")
    .action(async (...given: unknown[]) => {
      const host = typeof given[0] === 'string' ? given[0] : '';
      const typed = command.opts<ListOptions>();
      const paper = around.paper();
      const asked = { now: new Date(), timezone: paper.timezone };
      const [filters, limit] = around.usage(
        () => [filtersOf(typed, asked), limitOf(typed)] as const,
      );
      const [path = '', query = ''] = listing.path.split('?');
      await runList(
        around.connect(),
        { ...listing, path: path.replace('{host}', encodeURIComponent(host)) },
        {
          filters: { ...Object.fromEntries(new URLSearchParams(query)), ...filters },
          limit,
          json: typed.json === true,
        },
        paper,
        (text) => {
          process.stdout.write(text);
        },
      );
    });
}
