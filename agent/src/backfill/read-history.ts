import { dirname } from 'node:path';
import type { Host } from '../host.ts';
import type { Log } from '../log.ts';
import type { Commit, Emit } from '../source.ts';
import type { EndPolicy } from '../sources/pacct/policy.ts';
import { firstOffset, GoneError } from './bytes/file.ts';
import type { Pace } from './pace.ts';
import { pastEvents } from './past-event.ts';
import type { Piece } from './plan/piece.ts';
import type { History } from './progress/state.ts';
import { percentRead } from './progress/words.ts';
import { readPiece } from './read/piece.ts';
import { unreadGaps } from './unread.ts';

export interface ReadHistoryOptions {
  readonly history: History;
  readonly host: Host;
  /** Folder of the journal; that of this host when null. */
  readonly journal: string | null;
  readonly ends: EndPolicy;
  readonly pace: Pace;
  readonly log: Pick<Log, 'info' | 'warn'>;
  readonly signal: AbortSignal;
  /** What the host remembers now: files may have been rotated since. */
  plan(): Piece[];
  emit: Emit;
  commit: Commit;
  save(history: History): void;
}

const saveEveryMs = 2_000;
/** Uncompressed, of all files together. */
const mostBytes = 2 * 1024 * 1024 * 1024;
/** How often files are looked for that were rotated away while others were read. */
const mostRounds = 5;

/**
 * Reads what is not read yet, piece by piece. A piece that cannot be read is passed over, and a gap
 * says so. Events are put on disk before the progress is: a kill in between reads them again, under
 * the same ids. Rejects only when stopped.
 */
export async function readHistory(options: ReadHistoryOptions): Promise<void> {
  const { history, host, log, emit, commit, save, signal } = options;
  const past = pastEvents(host, history);
  let total = 0;
  let savedMs = performance.now();
  let unsaved = false;

  for (let round = 0; round < mostRounds; round += 1) {
    const gone: Piece[] = [];
    for (const piece of history.pieces)
      if (piece.state === 'waiting' && !(await read(piece))) gone.push(piece);
    const found = newPieces(options.plan(), history.pieces);
    for (const piece of gone) if (!found.some((other) => isAnewAs(piece, other))) missed(piece);
    if (found.length === 0) break;
    history.pieces.push(...found);
  }
  history.finishedAt = new Date().toISOString();
  remember();

  /** False when the file is not there any more, under whatever name. */
  async function read(piece: Piece): Promise<boolean> {
    let fresh = 0;
    // What an earlier start told is told again up to there, and counts once.
    const before = piece.offset;
    let isNew = piece.events === 0;
    try {
      if (total > mostBytes) throw new Error('more than is read of the past');
      await readPiece(piece, options, {
        signal,
        take(raw) {
          const event = past(raw);
          if (!event) return;
          fresh += 1;
          if (isNew) piece.events += 1;
          emit(event);
        },
        leftOut(hosts) {
          if (hosts.length > 0)
            log.info(
              { path: piece.path, hosts },
              'the past: lines of other hosts are left out; coroner import --host brings them in',
            );
        },
        async step(bytes, offset) {
          total += bytes;
          isNew ||= offset > before;
          piece.offset = Math.max(piece.offset, offset);
          if (performance.now() - savedMs >= saveEveryMs) remember();
          await options.pace.rest(bytes, fresh);
          fresh = 0;
        },
      });
      piece.state = 'read';
      const passedOver = firstOffset(piece);
      if (passedOver > 0) missed(piece, `its first ${passedOver} bytes are passed over`);
    } catch (error) {
      if (signal.aborted) {
        remember();
        throw error;
      }
      piece.state = 'unread';
      if (error instanceof GoneError) return false;
      missed(piece, (error as Error).message);
    }
    remember();
    const { path, format, events } = piece;
    log.info({ path, format, events, percent: percentRead(history) }, 'the past: one more is read');
    return true;
  }

  function missed(piece: Piece, why = 'it was removed before it could be read'): void {
    piece.why = why;
    for (const gap of unreadGaps(piece, history)) emit(gap);
    log.warn({ path: piece.path, reason: why }, 'the past: not all of this can be read');
  }

  function remember(): void {
    commit();
    savedMs = performance.now();
    try {
      save(history);
    } catch (error) {
      // After a kill more is read again, and what is read twice has the same ids.
      const { message: reason } = error as Error;
      if (!unsaved) log.warn({ reason }, 'the past: how far it is read cannot be written down');
      unsaved = true;
    }
  }
}

/** A file that is not known by its inode: what was rotated away has another name, or is compressed now. */
function newPieces(found: readonly Piece[], known: readonly Piece[]): Piece[] {
  const inodes = new Set(known.map(({ ino }) => ino));
  const paths = new Set(known.filter(({ ino }) => ino === null).map(({ path }) => path));
  return found.filter(({ ino, path }) => (ino === null ? !paths.has(path) : !inodes.has(ino)));
}

/** logrotate and gzip keep the time of the last change; a file that was live has grown since. */
function isAnewAs(gone: Piece, other: Piece): boolean {
  const isOfIt = dirname(gone.path) === dirname(other.path) && gone.format === other.format;
  return isOfIt && other.changedAt >= gone.changedAt.slice(0, -'.000Z'.length);
}
