import type { Event, EventKind } from '@coroner/schema/event/event';

/** What stands around a death is kept this long, and at most so much of it. */
const evidenceMs = 600_000;
const mostEvidence = 2000;
/** Told once, when the agent starts or they begin; who stands behind a process may have come weeks ago. */
const background: ReadonlySet<EventKind> = new Set<EventKind>(['login', 'cron-job', 'boot']);
const mostOfKind = 5000;

/** The events that a death is judged by. */
export interface Remembered {
  add(event: Event): void;
  all(): Event[];
}

export function remembered(): Remembered {
  const kept = new Map<EventKind, Event[]>();
  let evidence: { event: Event; seenMs: number }[] = [];

  function keep(event: Event): void {
    const events = kept.get(event.kind) ?? [];
    events.push(event);
    if (events.length > mostOfKind) events.shift();
    kept.set(event.kind, events);
  }

  function forget(): void {
    const oldestMs = performance.now() - evidenceMs;
    const isOld = ({ seenMs }: { seenMs: number }): boolean => seenMs < oldestMs;
    if (evidence.length > mostEvidence || evidence.slice(0, 1).some(isOld))
      evidence = evidence.slice(-mostEvidence).filter((one) => !isOld(one));
  }

  return {
    add(event) {
      if (background.has(event.kind)) keep(event);
      else evidence.push({ event, seenMs: performance.now() });
      forget();
    },
    all() {
      forget();
      return [...kept.values()].flat().concat(evidence.map(({ event }) => event));
    },
  };
}
