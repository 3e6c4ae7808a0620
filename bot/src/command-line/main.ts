import { Command, CommanderError } from 'commander';
import { readConfig } from '../config.ts';
import { hubClient } from '../hub-client/hub-client.ts';
import { HubError } from '../hub-client/hub-error.ts';
import { locateHub } from '../hub-client/locate-hub.ts';
import { runAsk } from './ask.ts';
import { exitStatus } from './exit-status.ts';
import { paperOf } from './paper.ts';
import { questionOfOptions, type WhyOptions } from './question-of-options.ts';
import { runWhy } from './why.ts';

const program = new Command('coroner')
  .description('Why did that process die?')
  .showHelpAfterError('(coroner --help shows what can be asked)')
  .exitOverride()
  .addHelpText(
    'after',
    `
Exit status: 0 answered, 1 no such death, 2 wrong usage or no hub.
The hub is the one of CORONER_API_URL and CORONER_API_TOKEN, else the one that "npm start" runs here.`,
  );

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
    const print = (text: string) => {
      process.stdout.write(text);
    };
    process.exitCode = await runWhy(connect(), question, options.json === true, paper, print);
  });

function connect() {
  return hubClient(locateHub(usage(() => readConfig(process.env))));
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
