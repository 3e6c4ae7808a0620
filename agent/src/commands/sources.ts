import type { AgentConfig } from '../config.ts';
import type { Host } from '../host.ts';
import type { Source } from '../source.ts';

/** The sources of this host that this version reads. */
export async function sourcesOf(config: AgentConfig, host: Host): Promise<Source[]> {
  const { probeSource } = await import('../probe/source.ts');
  return [
    probeSource({
      host: host.name,
      bootId: host.bootId,
      shortLivedMs: config.shortLivedMs,
      watch: config.watch,
    }),
  ];
}
