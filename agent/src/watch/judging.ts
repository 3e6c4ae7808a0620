import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event, EventOf } from '@coroner/schema/event/event';
import type { Judgement } from '@coroner/schema/verdict/case';
import { judge } from '@coroner/schema/verdict/judge';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type { Host } from '../host.ts';
import { blindSpots } from './blind-spots.ts';
import { remembered } from './remembered.ts';

/** The kernel's log tells of an OOM kill or a fault just after the death, and a command that asked for it ends then. */
const logDelayMs = 300;
/** A manager acts within this time of being asked. */
const askingMs = 90_000;
const faults: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);

/** Judges each death as it comes, with what else was seen before and shortly after. */
export function judging(
  { name: host, bootId }: Host,
  statuses: () => readonly SourceStatus[],
  onJudgement: (judgement: Judgement) => void,
) {
  const memory = remembered();
  const waiting = new Set<NodeJS.Timeout>();
  /** Commands that asked some manager for an end and have not ended themselves, with when they were seen. */
  const asking = new Map<string, number>();

  return {
    take(event: Event): void {
      if (event.kind === 'request') note(event);
      if (event.kind !== 'death') memory.add(event);
      else if (isAsked() || mayBeExplained(event)) later(event);
      else decide(event);
    },
    stop(): void {
      for (const timer of waiting) clearTimeout(timer);
    },
  };

  function note({ by, endedUs }: EventOf<'request'>): void {
    const key = `${by.pid} ${by.startUs}`;
    if (endedUs === undefined) asking.set(key, performance.now());
    else asking.delete(key);
  }

  function isAsked(): boolean {
    for (const [key, seenMs] of asking)
      if (performance.now() - seenMs > askingMs) asking.delete(key);
    return asking.size > 0;
  }

  function later(death: DeathEvent): void {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      decide(death);
    }, logDelayMs);
    waiting.add(timer);
  }

  function decide(death: DeathEvent): void {
    const evidence = memory.all();
    const sources = statuses();
    const gaps = blindSpots(host, sources, evidence, death.at);
    onJudgement(judge({ host, bootId, death, evidence, gaps, sources }));
  }
}

function mayBeExplained({ oomMarked, exit }: DeathEvent): boolean {
  return oomMarked || (exit.signal !== null && faults.has(exit.signal));
}
