import { Command } from 'commander';
import picocolors from 'picocolors';
import { agentConfig } from '../config.ts';
import { examine, type Health, healthOf } from '../doctor/examine.ts';
import { statusTable } from '../doctor/table.ts';
import { thisHost } from '../host.ts';
import { openLog } from '../log.ts';
import { backfillOf } from './backfill.ts';
import { sourcesOf } from './sources.ts';

const verdicts: Readonly<Record<Health, string>> = {
  0: 'This host can name who killed a process.',
  1: 'This host can name who killed a process, with the blind spots above.',
  2: 'Nothing here can name who killed a process.',
};

/** `coroner-agent doctor`: for each evidence source whether this host has it, and how to get it. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description('say which evidence this host offers, and how to get the rest')
    .option('--json', 'print it as JSON')
    .addHelpText(
      'after',
      '\nExit status: 0 all sources available, 1 some degraded or missing, 2 nothing can name a killer.',
    )
    .action(doctor);
}

async function doctor({ json }: { json?: boolean }): Promise<void> {
  const config = agentConfig();
  const host = thisHost(config.host);
  const past = await backfillOf(config, host, openLog('silent'));
  const sources = await examine([...(await sourcesOf(config, host, null)), past]);
  const health = healthOf(sources);
  process.exitCode = health;
  if (json) {
    process.stdout.write(`${JSON.stringify({ host: host.name, health, sources }, null, 2)}\n`);
    return;
  }
  const colors = picocolors.createColors(process.stdout.isTTY === true);
  const columns = process.stdout.isTTY ? process.stdout.columns : null;
  const lines = [...statusTable(sources, columns, colors), '', verdicts[health]];
  process.stdout.write(`${lines.join('\n')}\n`);
}
