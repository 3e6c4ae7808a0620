import { repeated } from '../../following/repeated.ts';
import { readers } from '../../formats/registry.ts';
import type { RawEvent } from '../../source.ts';
import { isEvidence } from '../../sources/audit/evidence.ts';
import { withAuditSession } from '../../sources/logins/audit-session.ts';
import { type EndPolicy, isTold } from '../../sources/pacct/policy.ts';
import { bytesOf, firstOffset } from '../bytes/file.ts';
import type { Piece } from '../plan/piece.ts';
import { ownLines } from './own-lines.ts';
import type { Reading } from './reading.ts';

/**
 * A report of the kernel spans lines, and equal lines are counted: reading goes on so much before
 * the place that was reached. What is told twice has the same id.
 */
const marginBytes = 4 * 1024 * 1024;

/** Reads one file by the reader of its format. */
export async function readFileWith(
  piece: Piece,
  host: string,
  ends: EndPolicy,
  reading: Reading,
): Promise<void> {
  const reader = readers[piece.format];
  if (!reader) throw new Error(`there is no reader of the format ${piece.format}`);
  const byLines = piece.format === 'log' || piece.format === 'audit';
  const from = byLines ? Math.max(firstOffset(piece), piece.offset - marginBytes) : 0;
  const asLive = asLiveSource(piece.format, host, ends);
  const lines = ownLines(host);
  let offset = from;
  // When the reader asks for the next chunk, all events of the last one were taken.
  const input = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of bytesOf(piece, from, byLines)) {
      if (offset === from && piece.format === 'log') lines.sample(chunk);
      yield chunk;
      offset += chunk.length;
      await reading.step(chunk.length, offset);
    }
  };
  const now = new Date(piece.changedAt);
  const context = { file: piece.path, now, isOwnHost: lines.isOwn };
  for await (const raw of reader(input(), context)) {
    const event = asLive(raw);
    if (event) reading.take(event);
  }
  reading.leftOut(lines.foreign());
}

/** The event as the source that follows this file would have told it, so that both have one id. */
function asLiveSource(
  format: Piece['format'],
  host: string,
  ends: EndPolicy,
): (event: RawEvent) => RawEvent | null {
  const numbered = repeated(host);
  switch (format) {
    case 'log':
    case 'packages':
      return numbered;
    case 'wtmp':
    case 'btmp':
      return (event) => withAuditSession(host, numbered(withoutOffset(event)));
    case 'audit':
      return (event) => (isEvidence(event) ? event : null);
    case 'pacct':
      return (event) =>
        event.kind === 'process-accounting' && isTold(event, ends) ? numbered(event) : null;
    default:
      return (event) => event;
  }
}

/** Where a record stands in its file changes with every rotation. */
function withoutOffset(event: RawEvent): RawEvent {
  if (!('offset' in event)) return event;
  const { offset: _, ...rest } = event;
  return rest as RawEvent;
}
