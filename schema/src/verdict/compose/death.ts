import type { DeathEvent } from '../../event/death.ts';
import type { Death } from '../../http/answer.ts';

/** A death record as the contract shows it. */
export function deathOf(host: string, event: DeathEvent, happenedAt: string | null): Death {
  const { victim, exit } = event;
  return {
    id: event.id,
    host,
    pid: victim.pid,
    comm: victim.comm,
    exe: victim.exe ?? null,
    cmdline: victim.cmdline ?? [],
    uid: victim.uid ?? null,
    user: victim.user ?? null,
    startedAt: victim.startedAt ?? null,
    diedAt: event.at ?? new Date(0).toISOString(),
    ...(happenedAt === null ? {} : { happenedAt }),
    signal: exit.signal,
    exitCode: exit.code,
    coreDumped: exit.coreDumped,
    peakRssBytes: event.peakRssBytes ?? null,
    oomScoreAdj: event.oomScoreAdj ?? null,
    cgroup: victim.cgroup ?? null,
    unit: victim.unit ?? null,
    container: victim.container ?? null,
  };
}
