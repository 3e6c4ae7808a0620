import { type Known, stranger } from './known.ts';

/**
 * Threads of processes that ran before the table was made, and ended before it: what waited in the
 * rings of an agent that was killed tells of them by their names alone.
 */
export interface Strangers {
  get(tid: number): Known | null;
  /** One that was signalled; null when the table must have it. */
  add(tid: number, comm: string, atUs: number): Known | null;
  /** The number went to a new task. */
  forget(tid: number): void;
  /** One that ended; null as above. */
  exited(tid: number, comm: string, atUs: number): Known | null;
  /**
   * Of what its end is: of a process that goes by this number (`own`); of one whose signals show that
   * it goes by another (`other`); or of one of several threads, whose number is not known (`unknown`).
   */
  endOf(known: Known, atUs: number): 'own' | 'other' | 'unknown';
}

const togetherUs = 1_000_000;

export function strangers(beganUs: number): Strangers {
  const alive = new Map<number, Known>();
  let ended: { known: Known; atUs: number }[] = [];

  function add(tid: number, comm: string, atUs: number): Known | null {
    if (atUs >= beganUs) return null;
    const known = alive.get(tid) ?? stranger(tid, comm);
    alive.set(tid, known);
    return known;
  }

  return {
    add,
    get: (tid) => alive.get(tid) ?? null,
    forget: (tid) => void alive.delete(tid),
    exited(tid, comm, atUs) {
      const known = add(tid, comm, atUs);
      if (!known) return null;
      alive.delete(tid);
      ended = ended.filter((other) => atUs - other.atUs <= togetherUs);
      ended.push({ known, atUs });
      return known;
    },
    endOf(known, atUs) {
      if (known.signals.length > 0) return 'own';
      const together = ended.filter(
        (other) => other.known !== known && Math.abs(atUs - other.atUs) <= togetherUs,
      );
      if (together.length === 0) return 'own';
      return together.some((other) => other.known.signals.length > 0) ? 'other' : 'unknown';
    },
  };
}
