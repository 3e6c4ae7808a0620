import type { RawEvent } from '../../source.ts';

/** What those who read the past hand over to. */
export interface Reading {
  /** Reading is to stop: what waits for a program must wait no longer. */
  readonly signal: AbortSignal;
  take(event: RawEvent): void;
  /** Lines of these other hosts were passed over. */
  leftOut(hosts: readonly string[]): void;
  /**
   * So many bytes more were read, and all that they tell was taken, up to `offset` of the piece.
   * Resolves when the next may be read; rejects when reading is to stop.
   */
  step(bytes: number, offset: number): Promise<void>;
}
