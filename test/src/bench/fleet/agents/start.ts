import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectRoot } from '../../../stack/stack.ts';

const program = join(projectRoot, 'test/dist/bench/fleet/agents/main.js');

/** What JetStream took of the agents, and what it did not. */
export interface Sent {
  events: number;
  heartbeats: number;
  refused: number;
}

export type Agents = Awaited<ReturnType<typeof startAgents>>;

/** Agents of that many hosts in one process, connected and waiting for `begin`. */
export async function startAgents(natsUrl: string, hosts: number, beatEveryMs: number) {
  const words = [program, natsUrl, `${hosts}`, `${beatEveryMs}`, `run-${Date.now()}`];
  const child = spawn(process.execPath, words, {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`the agents of ${hosts} hosts ended (exit ${child.exitCode})`);
    return value;
  };
  await said().catch(async (error: unknown) => {
    await kill();
    throw error;
  });
  return {
    pid: child.pid ?? 0,
    begin: () => child.stdin.write('begin\n'),
    /** Waits until all that was sent is taken or refused. */
    async end(): Promise<Sent> {
      child.stdin.end();
      const sent = JSON.parse(await said()) as Sent;
      await ended;
      return sent;
    },
    kill,
  };

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await ended;
  }
}
