import { existsSync } from 'node:fs';
import type { DeathEvent } from '@coroner/schema/event/death';
import type { EventOf } from '@coroner/schema/event/event';
import { judge } from '@coroner/schema/verdict/judge';
import { vi } from 'vitest';
import type { RawEvent } from '../../../source.ts';
import { mountedTracing } from '../kernel/mount.ts';
import { type TracefsOptions, tracefsSource } from '../source.ts';

type Death = Omit<EventOf<'death'>, 'id'> & { id?: string };

const patience = { timeout: 120_000, interval: 10 };

/** The fallback at work under a name of its own, with what it emitted. */
export async function record(name: string, options: Partial<TracefsOptions> = {}) {
  const events: RawEvent[] = [];
  const instance = `test-${process.pid}-${name}`;
  const running = await tracefsSource({
    host: 'tracefs-test',
    bootId: '11111111-2222-3333-4444-555555555555',
    shortLivedMs: 10_000,
    isWatched: () => false,
    instance,
    ...options,
  }).start((event) => events.push(event));
  const deaths = (pid: number): Death[] =>
    events.filter((event) => event.kind === 'death').filter(({ victim }) => victim.pid === pid);

  return {
    events,
    deaths,
    instance,
    deathOf: (pid: number): Promise<Death> =>
      vi.waitFor(() => {
        const [death] = deaths(pid);
        if (!death) throw new Error(`no death of pid ${pid} yet`);
        return death;
      }, patience),
    stop: () => running.stop(),
    isLeft: () => existsSync(`${mountedTracing()}/instances/coroner-${instance}`),
  };
}

export type Recording = Awaited<ReturnType<typeof record>>;

/** What the verdict engine makes of a death, without other evidence. */
export function verdictOf(death: Death) {
  return judge({
    host: 'tracefs-test',
    bootId: 'boot-1',
    death: death as DeathEvent,
    evidence: [],
    gaps: [],
  }).answer;
}
