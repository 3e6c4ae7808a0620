import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { testToken } from './hub.ts';

/** A hub in a process of its own, which can be killed. */
export interface HubProcess {
  pid: number;
  address: string;
  /** What it logged after it was ready. */
  log(): string;
  /** Returns the exit code, or the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

const program = fileURLToPath(new URL('../../bin/coroner-hub.js', import.meta.url));

/** Starts the built hub and waits for its `ready` line. */
export async function startHubProcess(
  natsUrl: string,
  databaseUrl: string,
  environment: Record<string, string> = {},
): Promise<HubProcess> {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env['PATH'],
      NATS_URL: natsUrl,
      DATABASE_URL: databaseUrl,
      CORONER_API_TOKEN: testToken,
      CORONER_API_PORT: '0',
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const address = await readyAddress(child);
  let log = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  return {
    pid: child.pid ?? 0,
    address,
    log: () => log,
    async end(signal) {
      if (child.exitCode !== null) return child.exitCode;
      if (child.signalCode !== null) return child.signalCode;
      const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
      child.kill(signal);
      const [code, by] = await exited;
      return code ?? by ?? 0;
    },
  };
}

async function readyAddress(child: ChildProcess): Promise<string> {
  if (!child.stderr) throw new Error('the hub has no standard error');
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stderr })) {
    said.push(line);
    const entry = line.startsWith('{')
      ? (JSON.parse(line) as { msg?: string; address?: string })
      : {};
    if (entry.msg === 'ready' && entry.address) {
      child.stderr.resume();
      return entry.address;
    }
  }
  throw new Error(`the hub ended before it was ready:\n${said.join('\n')}`);
}
