import type { AgentConfig } from '../config.ts';
import type { Host } from '../host.ts';
import { eventId } from '../pipeline/event-id.ts';
import { watchList } from '../probe/event/watched.ts';
import type { Source } from '../source.ts';
import { hostSources } from './host-sources.ts';
import { turnedOff } from './turned-off.ts';

/**
 * The sources of this host that this version reads. Under an `instance` the probe's programs stay
 * in the kernel when the agent is killed; null where nothing may be left behind.
 */
export async function sourcesOf(
  config: AgentConfig,
  host: Host,
  instance: string | null,
): Promise<Source[]> {
  const [{ probeSource }, { kmsgSource }, { procSource }, { tracefsSource }] = await Promise.all([
    import('../probe/source.ts'),
    import('../sources/kmsg/source.ts'),
    import('../sources/proc/source.ts'),
    import('../sources/tracefs/source.ts'),
  ]);
  const sources = [
    {
      ...probeSource({
        host: host.name,
        bootId: host.bootId,
        shortLivedMs: config.shortLivedMs,
        watch: config.watch,
        ringBytes: config.ringBytes,
        ...(instance === null ? {} : { instance, stateDir: config.stateDir }),
        keepRecording: () => config.keepRecording,
        ...(config.noiseSignals === null ? {} : { noiseSignals: config.noiseSignals }),
        countQuestions: config.countQuestions,
        ...(config.scopePidNamespace === null
          ? {}
          : { scopePidNamespace: config.scopePidNamespace }),
      }),
      survivesAgent: instance !== null,
    },
    tracefsSource({
      host: host.name,
      bootId: host.bootId,
      shortLivedMs: config.shortLivedMs,
      isWatched: watchList(config.watch),
      instance,
      scopePidNamespace: config.scopePidNamespace,
    }),
    procSource({
      host: host.name,
      bootId: host.bootId,
      shortLivedMs: config.shortLivedMs,
      isWatched: watchList(config.watch),
    }),
    kmsgSource({ idOf: (event) => eventId(host, event) }),
    ...(await hostSources(config, host, instance === null)),
  ];
  return sources.map((source) => (config.off.includes(source.name) ? turnedOff(source) : source));
}
