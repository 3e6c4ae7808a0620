import type { AgentConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { instanceOf } from './instance.ts';

/**
 * Ends what earlier agents left recording in the kernel and nobody will read: those whose state
 * directory is gone, and the own when the probe is turned off. A failure does not keep an agent away.
 */
export async function cleanUp({ stateDir, off }: AgentConfig, log: Log): Promise<void> {
  const { removeOrphans, removeRecording } = await import('../probe/kernel/leftovers.ts');
  try {
    for (const folder of removeOrphans())
      log.info({ folder }, 'removed what an agent left recording whose state directory is gone');
    if (!off.includes('probe')) return;
    const removed = removeRecording(instanceOf(stateDir));
    if (removed.length > 0) log.info({ removed }, 'ended the recording: the probe is turned off');
  } catch (error) {
    log.warn({ reason: (error as Error).message }, 'what was left in the kernel stays there');
  }
}
