import { Command, InvalidArgumentError } from 'commander';
import picocolors from 'picocolors';
import { riskReport } from '../risk/report.ts';
import { riskTable } from '../risk/table.ts';

const defaultTop = 10;

/** `coroner-agent risk`: who the kernel would kill next, on the host and in each limited cgroup. */
export function riskCommand(): Command {
  return new Command('risk')
    .description('rank whom the kernel would kill next for want of memory')
    .option('--top <n>', 'processes a list', positive, defaultTop)
    .option('--json', 'print everything as JSON')
    .action(risk);
}

function risk({ json, top }: { json?: boolean; top: number }): void {
  const report = riskReport();
  const { stdout } = process;
  if (json) {
    stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  const colors = picocolors.createColors(stdout.isTTY === true);
  const columns = stdout.isTTY ? stdout.columns : null;
  stdout.write(`${riskTable(report, { top, columns, colors }).join('\n')}\n`);
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('give a whole number from 1.');
  return number;
}
