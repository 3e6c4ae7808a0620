import type { Host } from '../../host.ts';
import type { Piece } from '../plan/piece.ts';
import type { History } from '../progress/state.ts';
import { readJournal } from './journal.ts';
import type { Reading } from './reading.ts';
import { readFileWith } from './with-format.ts';

export interface PastOf {
  readonly host: Host;
  readonly history: Pick<History, 'startedAt' | 'bootId'>;
  /** Folder of the journal; that of this host when null. */
  readonly journal: string | null;
}

/** Before the place that was reached: a report of the kernel spans entries. */
const journalMarginMs = 60_000;

/** Reads one piece from where it was left. */
export async function readPiece(
  piece: Piece,
  { host, history, journal }: PastOf,
  reading: Reading,
): Promise<void> {
  if (piece.format !== 'journal') return readFileWith(piece, host.name, reading);
  const { startedAt, bootId } = history;
  const sinceMs = piece.offset - journalMarginMs;
  await readJournal(
    { directory: journal, sinceMs, untilMs: Date.parse(startedAt), bootId },
    reading,
  );
}
