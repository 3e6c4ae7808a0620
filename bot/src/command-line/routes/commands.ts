import { randomUUID } from 'node:crypto';
import type { AlertRoute, Planned } from '@coroner/schema/http/alert-routes';
import type { Command } from 'commander';
import { readRoute, type TypedRoute } from '../../routes/read-route.ts';
import { localTime } from '../../terminal/plain-words.ts';
import type { Surroundings } from '../lists/commands.ts';
import { table } from '../lists/table.ts';
import { withMatch } from '../match-options.ts';
import { consideredColumns, routeColumns } from './columns.ts';
import { questionOf, type TestOptions } from './question.ts';

interface Json {
  json?: boolean;
}

/** routes list, add, remove, test. */
export function addRouteCommands(program: Command, around: Surroundings): void {
  const routes = program
    .command('routes')
    .description('which alerts go to which Slack channels, and when');
  const show = (all: readonly AlertRoute[], json: boolean | undefined) => {
    const text = json
      ? `${JSON.stringify({ items: all }, null, 2)}\n`
      : all.length === 0
        ? 'There is no route: all alerts go to SLACK_ALERT_CHANNEL.\n'
        : table(routeColumns, all, around.paper());
    process.stdout.write(text);
  };
  routes
    .command('list', { isDefault: true })
    .description('in the order in which they are tried')
    .option('--json', 'print it as JSON')
    .action(async ({ json }: Json) =>
      show((await around.connect().call('GET /v1/alert-routes')).items, json),
    );
  const add = routes
    .command('add')
    .description('send alerts to a channel; lists with commas, * is any characters, all must fit')
    .option('--name <NAME>', 'what it is for')
    .option('--channel <ID>', 'id of a Slack channel (C…), or of a user (U…)');
  withMatch(add)
    .option('--mentions <LIST>', 'ids of users (U…) and groups (S…) whom a new card names')
    .option(
      '--quiet <HOURS>',
      'such as "22:00-08:00 mon-fri Europe/Berlin": only critical ones post',
    )
    .option('--threshold <T>', 'such as "5 in 10m": post once so many died')
    .option('--order <N>', 'lower ones are tried first (default: 100)')
    .option('--continue', 'try later routes as well')
    .option('--json', 'print it as JSON')
    .action(async ({ json, ...typed }: TypedRoute & Json) => {
      const route = around.usage(() => typedRoute(typed, around.paper().timezone));
      show(
        [
          await around
            .connect()
            .call('POST /v1/alert-routes', { body: { id: randomUUID(), ...route } }),
        ],
        json,
      );
    });
  routes
    .command('remove')
    .description('remove a route; cards that are posted stay true')
    .argument('<ID>', 'as list shows it')
    .option('--json', 'print it as JSON')
    .action(async (id: string, { json }: Json) => {
      show([await around.connect().call('DELETE /v1/alert-routes/{id}', { path: { id } })], json);
    });
  routes
    .command('test')
    .description('which routes an incident takes, or a death that you imagine, and why')
    .argument('[INCIDENT]', 'its id')
    .option('--host <H>', 'the host of a death')
    .option('--unit <U>', 'its unit')
    .option('--labels <LIST>', 'of the host, such as role=web')
    .option('--user <U>', 'whose process it was, or who did it')
    .option('--cause <C>', 'default: signal-from-process')
    .option('--deaths <N>', 'how many died (default: 1)')
    .option('--at <TIME>', 'an ISO time (default: now)')
    .option('--json', 'print it as JSON')
    .action(async (id: string | undefined, { json, ...options }: TestOptions & Json) => {
      const question = around.usage(() => questionOf(id, options));
      const answer = await around.connect().call('POST /v1/alert-routes/test', { body: question });
      const { timezone } = around.paper();
      const lines = answer.destinations.map((each) => `${destination(each, timezone)}\n`);
      process.stdout.write(
        json
          ? `${JSON.stringify(answer, null, 2)}\n`
          : [
              `Severity: ${answer.severity}\n`,
              answer.routes.length > 0
                ? table(consideredColumns, answer.routes, around.paper())
                : '',
              ...lines,
            ].join(''),
      );
    });
}

function typedRoute(typed: TypedRoute, timezone: string) {
  const read = readRoute(typed, timezone);
  if ('route' in read) return read.route;
  throw new Error(`--${read.wrong.field}: ${read.wrong.message}`);
}

function destination({ channel, post, at }: Planned, timezone: string): string {
  const where = channel ?? 'SLACK_ALERT_CHANNEL';
  if (post === 'now') return `→ ${where}, at once`;
  return post === 'below-threshold'
    ? `→ ${where}, once its threshold is reached`
    : `→ ${where}, when quiet hours end: ${localTime(at ?? '', timezone)}`;
}
