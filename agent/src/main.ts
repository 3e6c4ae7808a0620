import { Command } from 'commander';
import { agentVersion } from './version.ts';

const badUse = 2;
const program = new Command('coroner-agent')
  .description('Records on this host why processes die, and ships it.')
  .version(agentVersion());

program
  .command('run')
  .description('read all evidence sources of this host and send what they say to NATS')
  .option('--check-config', 'only say whether the configuration is right')
  .action(async ({ checkConfig }: { checkConfig?: boolean }) => {
    if (checkConfig) (await import('./commands/check-config.ts')).checkConfig();
    else await (await import('./commands/run.ts')).run();
  });

// `run` stays for months: it does not load what the other commands need.
if (process.argv[2] !== 'run') {
  const [
    { doctorCommand },
    { watchCommand },
    { readCommand },
    { riskCommand },
    { protectCommand },
    { uninstallCommand },
    { manual },
    { helpText },
    { manPage },
    { commandsOf },
  ] = await Promise.all([
    import('./commands/doctor.ts'),
    import('./commands/watch.ts'),
    import('./commands/read.ts'),
    import('./commands/risk.ts'),
    import('./commands/protect.ts'),
    import('./commands/uninstall.ts'),
    import('./commands/manual.ts'),
    import('@coroner/schema/manual/help-text'),
    import('@coroner/schema/manual/man-page'),
    import('@coroner/schema/manual/manual'),
  ]);
  program.addCommand(doctorCommand());
  program.addCommand(watchCommand());
  program.addCommand(readCommand());
  program.addCommand(riskCommand());
  program.addCommand(protectCommand());
  program.addCommand(uninstallCommand());
  program
    .command('man-page', { hidden: true })
    .description('print the page for man(8)')
    .action(() => void process.stdout.write(manPage(program, manual)));
  program.addHelpText('after', helpText(manual, ''));
  for (const { words, command } of commandsOf(program))
    command.addHelpText('after', () => helpText(manual, words));
}

await program.parseAsync().catch((error: Error) => {
  process.stderr.write(`coroner-agent: ${error.message}\n`);
  process.exitCode = badUse;
});
