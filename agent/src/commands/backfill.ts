import type { AgentConfig } from '../config.ts';
import type { Host } from '../host.ts';
import type { Log } from '../log.ts';
import { watchList } from '../probe/event/watched.ts';
import type { Source } from '../source.ts';
import { turnedOff } from './turned-off.ts';

/** What this host remembers from before the agent, as a source of its own. */
export async function backfillOf(config: AgentConfig, host: Host, log: Log): Promise<Source> {
  const { backfillSource } = await import('../backfill/source.ts');
  const isOff = config.off.includes('backfill');
  const source = backfillSource({
    host,
    days: isOff ? 0 : config.backfillDays,
    historyPath: `${config.stateDir}/backfill.json`,
    log,
    ends: { shortLivedMs: config.shortLivedMs, isWatched: watchList(config.watch) },
  });
  // It notes the time of the first start all the same: there the past ends.
  return isOff ? { ...turnedOff(source), start: source.start } : source;
}
