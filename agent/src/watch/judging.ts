import type { DeathEvent } from '@coroner/schema/event/death';
import type { Event } from '@coroner/schema/event/event';
import type { Judgement } from '@coroner/schema/verdict/case';
import { judge } from '@coroner/schema/verdict/judge';
import type { Host } from '../host.ts';

/** Other evidence is kept this long, and at most so much of it. */
const evidenceMs = 60_000;
const mostEvidence = 2000;
/** The kernel's log tells of an OOM kill or a fault just after the death. */
const logDelayMs = 300;
const faults: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGTRAP']);

/** Judges each death as it comes, with what else was seen shortly before and after. */
export function judging(host: Host, onJudgement: (judgement: Judgement) => void) {
  let evidence: { event: Event; seenMs: number }[] = [];
  const waiting = new Set<NodeJS.Timeout>();

  return {
    take(event: Event): void {
      if (event.kind !== 'death') keep(event);
      else if (mayBeExplained(event)) later(event);
      else decide(event);
    },
    stop(): void {
      for (const timer of waiting) clearTimeout(timer);
    },
  };

  function keep(event: Event): void {
    const oldestMs = Date.now() - evidenceMs;
    evidence = evidence.filter(({ seenMs }) => seenMs >= oldestMs).slice(-mostEvidence);
    evidence.push({ event, seenMs: Date.now() });
  }

  function later(death: DeathEvent): void {
    const timer = setTimeout(() => {
      waiting.delete(timer);
      decide(death);
    }, logDelayMs);
    waiting.add(timer);
  }

  function decide(death: DeathEvent): void {
    const seen = evidence.map(({ event }) => event);
    const { name, bootId } = host;
    onJudgement(judge({ host: name, bootId, death, evidence: seen, gaps: [] }));
  }
}

function mayBeExplained({ oomMarked, exit }: DeathEvent): boolean {
  return oomMarked || (exit.signal !== null && faults.has(exit.signal));
}
