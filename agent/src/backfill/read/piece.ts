import type { Host } from '../../host.ts';
import type { EndPolicy } from '../../sources/pacct/policy.ts';
import type { Piece } from '../plan/piece.ts';
import type { History } from '../progress/state.ts';
import { readCoredumps } from './coredumps.ts';
import { readJournal } from './journal.ts';
import { readPstore } from './pstore.ts';
import type { Reading } from './reading.ts';
import { readFileWith } from './with-format.ts';

export interface PastOf {
  readonly host: Host;
  readonly history: Pick<History, 'startedAt' | 'bootId'>;
  /** Folder of the journal; that of this host when null. */
  readonly journal: string | null;
  /** Which normal ends are told that process accounting knows. */
  readonly ends: EndPolicy;
}

/** Before the place that was reached: a report of the kernel spans entries. */
const journalMarginMs = 60_000;

/** Reads one piece from where it was left. Rejects when it cannot be read to its end, or is to stop. */
export function readPiece(
  piece: Piece,
  { host, history, journal: directory, ends }: PastOf,
  reading: Reading,
): Promise<void> {
  switch (piece.format) {
    case 'journal': {
      const sinceMs = piece.offset - journalMarginMs;
      const untilMs = Date.parse(history.startedAt);
      return readJournal({ directory, sinceMs, untilMs, bootId: history.bootId }, reading);
    }
    case 'coredumps':
      return readCoredumps(piece.path, reading);
    case 'pstore':
      return readPstore(piece.path, reading);
    default:
      return readFileWith(piece, host.name, ends, reading);
  }
}
