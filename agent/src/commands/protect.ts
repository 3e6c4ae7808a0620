import { Command } from 'commander';
import picocolors from 'picocolors';
import { agentConfig } from '../config.ts';
import { plannedChanges, startGuard } from '../protection/guard.ts';
import type { Change } from '../protection/plan.ts';
import { readPolicy } from '../protection/policy.ts';
import { column } from '../terminal/columns.ts';
import { escaped } from '../terminal/escape.ts';

interface ProtectOptions {
  readonly apply?: boolean;
  readonly json?: boolean;
}

/** `coroner-agent protect [FILE]`: checks a policy and shows what it changes; `--apply` does it, once. */
export function protectCommand(): Command {
  return new Command('protect')
    .description('check a protection policy, and show what it would change now')
    .argument('[file]', 'the policy (default: CORONER_PROTECT_FILE)')
    .option('--apply', 'make the changes, once; `run` makes them again and again')
    .option('--json', 'print the changes as JSON')
    .action(protect);
}

function protect(file: string | undefined, { apply, json }: ProtectOptions): void {
  const path = file ?? agentConfig().protectFile;
  if (path === null) throw new Error('no policy: give its file, or set CORONER_PROTECT_FILE');
  const policy = readPolicy(path);
  const changes = apply ? applied(policy) : plannedChanges(policy);
  if (json) process.stdout.write(`${JSON.stringify(changes, null, 2)}\n`);
  else process.stdout.write(`${table(changes, apply === true).join('\n')}\n`);
}

function applied(policy: ReturnType<typeof readPolicy>): Change[] {
  const changes: Change[] = [];
  const guard = startGuard(policy, {
    changed: (change) => changes.push(change),
    failed(error) {
      process.exitCode = 1;
      process.stderr.write(`coroner-agent protect: ${escaped(error.message)}\n`);
    },
  });
  guard.stop();
  return changes;
}

function table(changes: readonly Change[], done: boolean): string[] {
  const colors = picocolors.createColors(process.stdout.isTTY === true);
  if (changes.length === 0) return ['Every process that the policy names is as it says.'];
  return [
    colors.bold(`${column('PID', 8)} ${column('FROM', 6)} ${column('TO', 6)} NAME`),
    ...changes.map(
      ({ pid, from, to, comm }) =>
        `${column(String(pid), 8)} ${column(String(from), 6)} ${column(String(to), 6)} ${escaped(comm)}`,
    ),
    done ? 'Changed.' : 'Nothing was changed: --apply does it.',
  ];
}
