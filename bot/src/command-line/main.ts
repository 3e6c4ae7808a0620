import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { hubClient } from '@coroner/schema/client/hub-client';
import { HubError } from '@coroner/schema/client/hub-error';
import { helpText } from '@coroner/schema/manual/help-text';
import { manPage } from '@coroner/schema/manual/man-page';
import { commandsOf } from '@coroner/schema/manual/manual';
import { Argument, Command, CommanderError } from 'commander';
import { readConfig } from '../config.ts';
import { locateHub } from '../locate-hub.ts';
import { runAsk } from './ask.ts';
import { runAt } from './at.ts';
import { addCompletionCommand } from './completion/command.ts';
import { runDigest } from './digest.ts';
import { exitStatus } from './exit-status.ts';
import { addExpectedCommands } from './expected/commands.ts';
import { type ImportOptions, runImport } from './import/run-import.ts';
import { addActionCommands } from './incidents/commands.ts';
import { addListCommands } from './lists/commands.ts';
import { instantOf } from './lists/filters.ts';
import { runStatus } from './lists/status.ts';
import { manual } from './manual.ts';
import { listPaperOf, paperOf } from './paper.ts';
import { questionOfOptions, type WhyOptions } from './question-of-options.ts';
import { addRouteCommands } from './routes/commands.ts';
import { runSlackSetup } from './slack-setup.ts';
import { addTokenCommands } from './token/commands.ts';
import { addWebhookCommands } from './webhooks/commands.ts';
import { runWhy } from './why.ts';

const program = new Command('coroner')
  .description('Why did that process die?')
  .showHelpAfterError('(coroner --help shows what can be asked)')
  .exitOverride()
  .addHelpText('after', helpText(manual, ''));

program
  .command('ask')
  .description('ask in plain English: one question, or a conversation without one')
  .argument('[question...]', 'such as: why did nginx die on web-3 last night?')
  .action(async (words: string[]) => {
    process.exitCode = await runAsk(connect(), words, paperOf(process.stdout));
  });

program
  .command('why')
  .description('why did PROCESS die?')
  .argument('[PROCESS]', 'its name, executable, first argument or unit')
  .option('--host <H>', 'on which host')
  .option('--at <TIME>', 'when: an ISO time or words, such as "last night" or "10 minutes ago"')
  .option('--pid <N>', 'its process id')
  .option('--json', "print the hub's answer as JSON")
  .action(async (name: string | undefined, options: WhyOptions) => {
    const paper = paperOf(process.stdout);
    const asked = { now: new Date(), timezone: paper.timezone };
    const question = usage(() => questionOfOptions(name, options, asked));
    process.exitCode = await runWhy(connect(), question, options.json === true, paper, print);
  });

program
  .command('at')
  .description(
    'what ran on HOST at TIME: who was logged in, runs of cron, processes, what happened',
  )
  .argument('<HOST>', 'the host')
  .argument(
    '<TIME>',
    'an ISO time or words, such as "03:12", "10 minutes ago" or "yesterday 14:00"',
  )
  .option('--json', "print the hub's answer as JSON")
  .action(async (host: string, time: string, options: { json?: boolean }) => {
    const paper = paperOf(process.stdout);
    const asked = { now: new Date(), timezone: paper.timezone };
    const at = usage(() => instantOf('TIME', time, asked, 'at'));
    await runAt(connect(), host, at, options.json === true, paper, print);
  });

const around = {
  connect,
  paper: () => listPaperOf(process.stdout),
  usage,
};
addListCommands(program, around);
const incidents = program.commands.find((command) => command.name() === 'incidents');
if (incidents) addActionCommands(incidents, around);
addExpectedCommands(program, around);
addRouteCommands(program, around);
addTokenCommands(program, around);
addWebhookCommands(program, around);
addCompletionCommand(program);

program
  .command('status')
  .description('the hub, its hosts and the last day, in a few lines')
  .option('--json', 'print it as JSON')
  .action(async (options: { json?: boolean }) => {
    const paper = listPaperOf(process.stdout);
    const well = await runStatus(connect(), options.json === true, paper, print);
    process.exitCode = well ? exitStatus.answered : exitStatus.usageOrUnreachable;
  });

program
  .command('digest')
  .description('the last day or week against the one before it, and what is open')
  .addArgument(new Argument('[SPAN]', 'of what').choices(['day', 'week']).default('day'))
  .option('--json', "print the hub's digest as JSON")
  .action(async (span: 'day' | 'week', options: { json?: boolean }) => {
    await runDigest(connect(), span, options.json === true, paperOf(process.stdout), print);
  });

program
  .command('import')
  .description('store old logs of a host without an agent, to ask about them; alerts nobody')
  .argument('<FORMAT>', 'log, journal, audit, wtmp, crontab, pacct or shell-history')
  .argument('<FILE>', 'path of the file, gzipped or not; - is standard input')
  .requiredOption('--host <NAME>', 'the host that wrote it')
  .option('--time-zone <ZONE>', 'zone of times without one (default: of this machine)')
  .option('--form <FORM>', 'of a crontab: system, user or anacron')
  .option('--json', 'print what became of it as JSON')
  .action(async (format: string, file: string, options: ImportOptions) => {
    try {
      await runImport(connect(), format, file, options, print);
    } catch (error) {
      if (error instanceof HubError) throw error;
      program.error(`error: ${(error as Error).message}`, {
        exitCode: exitStatus.usageOrUnreachable,
      });
    }
  });

program
  .command('slack-setup')
  .description('try the tokens, scopes and the alert channel of the environment; posts nothing')
  .option('--json', 'print the findings as JSON')
  .action(async (options: { json?: boolean }) => {
    const config = usage(() => readConfig(process.env));
    const paper = listPaperOf(process.stdout);
    const well = await runSlackSetup(config, options.json === true, paper, print);
    process.exitCode = well ? exitStatus.answered : exitStatus.usageOrUnreachable;
  });

const deployment = fileURLToPath(new URL('../../../infra/dist/enrol/main.js', import.meta.url));
for (const [name, description] of [
  ['enroll', 'issue credentials that can publish as one host and do nothing else'],
  ['revoke', 'end the credentials of a host, of hub or of bot, at once'],
] as const)
  program
    .command(name)
    .description(description)
    .helpOption(false)
    .allowUnknownOption()
    .argument('[words...]')
    .action((words: string[]) => {
      // Keys are no business of the face: the program of infra/ does it.
      const { status } = spawnSync(process.execPath, [deployment, name, ...words], {
        stdio: 'inherit',
      });
      process.exitCode = status ?? exitStatus.usageOrUnreachable;
    });

program
  .command('man-page', { hidden: true })
  .description('print the page for man(1)')
  .action(() => print(manPage(program, manual)));

for (const { words, command } of commandsOf(program))
  command.addHelpText('after', () => helpText(manual, words));

function connect() {
  return hubClient(locateHub(usage(() => readConfig(process.env))));
}

function print(text: string): void {
  process.stdout.write(text);
}

/** What the caller typed or set wrong is a message and not a stack. */
function usage<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    return program.error(`error: ${(error as Error).message}`, {
      exitCode: exitStatus.usageOrUnreachable,
    });
  }
}

// Whoever reads has seen enough (`| head`): there is nobody left to print for.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? exitStatus.answered : exitStatus.usageOrUnreachable;
  } else if (error instanceof HubError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = exitStatus.usageOrUnreachable;
  } else {
    throw error;
  }
}
