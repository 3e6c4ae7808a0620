import type { AgentConfig } from '../config.ts';
import type { Host } from '../host.ts';
import type { Source } from '../source.ts';

/**
 * The sources that tell who stands behind a process. Where nothing may be left behind they keep no
 * positions, and read what comes from now on.
 */
export async function hostSources(
  config: AgentConfig,
  host: Host,
  leaveNothing: boolean,
): Promise<Source[]> {
  const [{ crontabSource }, { loginsSource }] = await Promise.all([
    import('../sources/crontab/source.ts'),
    import('../sources/logins/source.ts'),
  ]);
  const memory = (name: string) => (leaveNothing ? null : `${config.stateDir}/${name}.json`);
  return [
    crontabSource({ host: host.name, memoryPath: memory('crontab') }),
    loginsSource({ host: host.name, positionsPath: memory('logins') }),
  ];
}
