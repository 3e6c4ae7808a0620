import type { EventOf } from '@coroner/schema/event/event';
import type { RawEvent } from '../../source.ts';
import type { ProbeOptions } from '../options.ts';
import { probeSource } from '../source.ts';

type DeathSeen = Omit<EventOf<'death'>, 'id'> & { id?: string };

export interface Recording {
  events: RawEvent[];
  deaths(pid: number): DeathSeen[];
  /** Waits for the first death of this pid. */
  deathOf(pid: number): Promise<DeathSeen>;
  /** Waits until `condition` holds, for at most 30 s. */
  until(condition: () => boolean, what: string): Promise<void>;
  stop(): Promise<void>;
}

const patienceMs = 120_000;
const checkEveryMs = 10;

export const testHost = 'probe-test';
export const testBootId = '11111111-2222-3333-4444-555555555555';

/** The probe source at work, with what it emitted. */
export async function record(options: Partial<ProbeOptions> = {}): Promise<Recording> {
  const events: RawEvent[] = [];
  const running = await probeSource({
    host: testHost,
    bootId: testBootId,
    shortLivedMs: 10_000,
    watch: [],
    ...options,
  }).start((event) => events.push(event));

  const deaths = (pid: number): DeathSeen[] =>
    events.filter((event) => event.kind === 'death').filter(({ victim }) => victim.pid === pid);

  async function until(condition: () => boolean, what: string): Promise<void> {
    const end = Date.now() + patienceMs;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`waited ${patienceMs} ms in vain for ${what}`);
      await new Promise((resolve) => setTimeout(resolve, checkEveryMs));
    }
  }

  return {
    events,
    deaths,
    until,
    deathOf: async (pid) => {
      await until(() => deaths(pid).length > 0, `the death of pid ${pid}`);
      return deaths(pid)[0] as DeathSeen;
    },
    stop: () => running.stop(),
  };
}
