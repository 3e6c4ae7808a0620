import { Command } from 'commander';

const program = new Command('coroner-agent')
  .description('Records on this host why processes die, and ships it.')
  .enablePositionalOptions();

program
  .command('run')
  .description('read all evidence sources of this host and send what they say to NATS')
  .action(async () => (await import('./commands/run.ts')).run());

await program.parseAsync().catch((error: Error) => {
  process.stderr.write(`coroner-agent: ${error.message}\n`);
  process.exitCode = 2;
});
