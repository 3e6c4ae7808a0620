import { isDeepStrictEqual } from 'node:util';
import { type AgentConfig, agentConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { checkFiles } from './check-config.ts';

interface Reloaded {
  reconnect(config: Pick<AgentConfig, 'natsUrl' | 'natsFiles'>): void;
}

/**
 * What SIGHUP does: reads the configuration anew, connects to NATS anew with what it says (the files
 * may be new too), and sets the log level. A wrong one is told and changes nothing, and so are
 * settings that count from the next start on.
 */
export function reload(running: AgentConfig, agent: Reloaded, log: Log): void {
  let now: AgentConfig;
  try {
    now = agentConfig();
    checkFiles(now);
  } catch (error) {
    log.error({ reason: (error as Error).message }, 'not reloaded, all stays as it is');
    return;
  }
  const waiting = Object.keys(now).filter(
    (name) => !atOnce.has(name) && differ(name, running, now),
  );
  log.level = now.logLevel;
  agent.reconnect(now);
  log.info({ waiting }, waiting.length === 0 ? 'reloaded' : 'reloaded; some need a restart');
}

const atOnce: ReadonlySet<string> = new Set(['natsUrl', 'natsFiles', 'logLevel']);

function differ(name: string, before: AgentConfig, now: AgentConfig): boolean {
  const key = name as keyof AgentConfig;
  return !isDeepStrictEqual(before[key], now[key]);
}
