import { startAgent } from '../agent.ts';
import { agentConfig } from '../config.ts';
import { giveBackRegularly } from '../give-back/give-back.ts';
import { thisHost } from '../host.ts';
import { openLog } from '../log.ts';
import type { Source } from '../source.ts';
import { agentVersion } from '../version.ts';
import { backfillOf } from './backfill.ts';
import { instanceOf } from './instance.ts';
import { cleanUp } from './leftovers.ts';
import { startProtection } from './protection.ts';
import { reload } from './reload.ts';
import { sourcesOf } from './sources.ts';

/** `coroner-agent run`: until SIGTERM or SIGINT. */
export async function run(): Promise<void> {
  const config = agentConfig();
  const log = openLog(config.logLevel);
  const host = thisHost(config.host);
  const version = agentVersion();
  await cleanUp(config, log);
  const sources: Source[] = [
    ...(await sourcesOf(config, host, instanceOf(config.stateDir))),
    // The last: where the live sources begin, the past ends.
    await backfillOf(config, host, log),
  ];
  const agent = await startAgent({ config, host, version, sources, log });
  const protection = startProtection(config, log);
  const stopGivingBack = giveBackRegularly(log);
  log.info({ host: host.name, stateDir: config.stateDir, version }, 'ready');

  let stopping = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    stopGivingBack();
    protection?.stop();
    await agent.stop();
    log.info('stopped');
    process.exit(0);
  };
  process.on('SIGHUP', () => reload(config, agent, log));
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}
