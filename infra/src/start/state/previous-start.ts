import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { isAlive, type ProcessIdentity } from '../process/identity.ts';

const Processes = z.record(z.string(), z.object({ pid: z.number().int(), startTicks: z.string() }));

const patienceMs = 15_000;
const pollMs = 50;

/**
 * Throws when another start runs on this state directory. What a killed start left behind is
 * stopped (Postgres by SIGINT, its fast shutdown); returns the names of those parts.
 */
export async function clearPreviousStart(stateDir: string): Promise<string[]> {
  const { start, ...parts } = readProcesses(join(stateDir, 'processes.json'));
  if (start && isAlive(start)) {
    throw new Error(
      `Coroner runs already on ${stateDir}: pid ${start.pid}. ` +
        'Ask it with "npx coroner ask", or stop it with Ctrl-C in its terminal or ' +
        `"kill ${start.pid}". For a second one, set CORONER_STATE_DIR and ports of its own.`,
    );
  }
  const left = Object.entries(parts).filter(([, identity]) => isAlive(identity));
  for (const [part, { pid }] of left) signal(pid, part === 'postgres' ? 'SIGINT' : 'SIGTERM');
  await Promise.all(left.map(([, identity]) => endOf(identity)));
  return left.map(([part]) => part);
}

function readProcesses(path: string): Record<string, ProcessIdentity> {
  try {
    return Processes.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // No file, or one torn by a crash of the machine: then nothing of it runs.
    return {};
  }
}

async function endOf(identity: ProcessIdentity): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (isAlive(identity) && Date.now() < deadline) await sleep(pollMs);
  if (isAlive(identity)) signal(identity.pid, 'SIGKILL');
  while (isAlive(identity)) await sleep(pollMs);
}

function signal(pid: number, name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch {
    // ESRCH: it ended in this very moment.
  }
}
