import type { AgentConfig } from '../config.ts';
import type { Host } from '../host.ts';
import { eventId } from '../pipeline/event-id.ts';
import type { Source } from '../source.ts';

/** The sources of this host that this version reads. */
export async function sourcesOf(config: AgentConfig, host: Host): Promise<Source[]> {
  const [{ probeSource }, { kmsgSource }] = await Promise.all([
    import('../probe/source.ts'),
    import('../sources/kmsg/source.ts'),
  ]);
  return [
    probeSource({
      host: host.name,
      bootId: host.bootId,
      shortLivedMs: config.shortLivedMs,
      watch: config.watch,
    }),
    kmsgSource({ idOf: (event) => eventId(host, event) }),
  ];
}
