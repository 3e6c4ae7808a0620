import type { AgentConfig } from '../config.ts';
import { isReadable } from '../following/readable.ts';
import type { Host } from '../host.ts';
import { watchList } from '../probe/event/watched.ts';
import type { Source } from '../source.ts';

/**
 * The sources that tell who stands behind a process. Where nothing may be left behind they keep no
 * positions, and read what comes from now on.
 */
export async function hostSources(
  config: AgentConfig,
  machine: Host,
  leaveNothing: boolean,
): Promise<Source[]> {
  const [
    { crontabSource },
    { loginsSource },
    { journalSource },
    { logsSource },
    { auditSource },
    { pacctSource },
    { shellHistorySource },
    { memorySource },
    { hostSource },
    { sshClientsSource },
  ] = await Promise.all([
    import('../sources/crontab/source.ts'),
    import('../sources/logins/source.ts'),
    import('../sources/journal/source.ts'),
    import('../sources/logs/source.ts'),
    import('../sources/audit/source.ts'),
    import('../sources/pacct/source.ts'),
    import('../sources/shell-history/source.ts'),
    import('../sources/memory/source.ts'),
    import('../sources/host/source.ts'),
    import('../sources/ssh-clients/source.ts'),
  ]);
  const { name: host, bootId } = machine;
  const kept = (name: string) => (leaveNothing ? null : `${config.stateDir}/${name}`);
  const hasKernelLog = !config.off.includes('kmsg') && isReadable('/dev/kmsg');
  return [
    hostSource({
      host: machine,
      bootPath: kept('boot.json'),
      positionsPath: kept('packages.json'),
    }),
    memorySource({ everyMs: config.memorySampleMs }),
    crontabSource({ host, memoryPath: kept('crontab.json') }),
    loginsSource({ host, positionsPath: kept('logins.json') }),
    sshClientsSource(host),
    journalSource({ bootId, cursorPath: kept('journal-cursor'), hasKernelLog }),
    logsSource({ host, positionsPath: kept('logs.json'), hasKernelLog }),
    auditSource({ positionsPath: kept('audit.json') }),
    pacctSource({
      host,
      positionsPath: kept('pacct.json'),
      shortLivedMs: config.shortLivedMs,
      isWatched: watchList(config.watch),
    }),
    shellHistorySource({
      isOn: config.shellHistory,
      toldPath: kept('shell-history.json'),
      backfillDays: leaveNothing ? 0 : config.backfillDays,
    }),
  ];
}
