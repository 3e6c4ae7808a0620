import type { RawEvent } from '../../source.ts';

/** What those who read the past hand over to. */
export interface Reading {
  take(event: RawEvent): void;
  /**
   * So many bytes more were read, and all that they tell was taken, up to `offset` of the piece.
   * Resolves when the next may be read; rejects when reading is to stop.
   */
  step(bytes: number, offset: number): Promise<void>;
}
