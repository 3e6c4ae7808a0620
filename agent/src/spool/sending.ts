import type { Cursor, Progress, Range } from './cursor.ts';
import { type Loss, lossOf } from './loss.ts';
import type { StoredEvent } from './record.ts';
import {
  eachEvent,
  type ReadLimits,
  readEvents,
  type Segment,
  type SegmentHeader,
} from './segment.ts';
import type { Store } from './store.ts';

/** Events that go out in one message. */
export interface SpoolBatch {
  readonly range: Range;
  readonly header: SegmentHeader;
  readonly records: readonly StoredEvent[];
}

/** The reading end of the spool: cuts batches, forgets what is acknowledged, drops what has no room. */
export function openSending(store: Store, cursor: Cursor) {
  /** Batches in flight, with the number of their events. */
  const inFlight = new Map<Range, number>();
  const repeat: Range[] = [];
  let next: Progress['next'] = cursor.last?.next ?? { segment: 0, offset: 0 };
  let waiting = 0;
  for (const range of cursor.last?.inFlight ?? []) {
    if (!store.segments.has(range.segment)) continue;
    const events = read(range).records.length;
    waiting += events;
    inFlight.set(range, events);
    repeat.push(range);
  }
  for (const segment of unread()) eachEvent(segment, offsetIn(segment), () => waiting++);
  tidy();

  return {
    get waiting(): number {
      return waiting;
    },
    written(events: number): void {
      waiting += events;
    },
    /** The next batch, first those that an earlier run had in flight; null when there is none. */
    take(limits: ReadLimits): SpoolBatch | null {
      const range = repeat.shift();
      return range ? read(range) : cut(limits);
    },
    read,
    /** The batch has arrived, or is given up. */
    acknowledge(range: Range): void {
      waiting -= inFlight.get(range) ?? 0;
      inFlight.delete(range);
      save();
      tidy();
    },
    /** Puts smaller batches in the place of one that is in flight. */
    split(range: Range): SpoolBatch[] {
      const segment = store.segments.get(range.segment);
      const events = inFlight.get(range) ?? 0;
      if (!segment || events < 2) return [];
      const half = { maxEvents: Math.ceil(events / 2), maxBytes: Number.POSITIVE_INFINITY };
      const middle = readEvents(segment, range.from, range.to, half).to;
      inFlight.delete(range);
      const parts = [
        { ...range, to: middle },
        { ...range, from: middle },
      ].map(read);
      for (const part of parts) inFlight.set(part.range, part.records.length);
      save();
      return parts;
    },
    /**
     * Drops what is unsent of the oldest full segment, after `report` told of the loss: when killed
     * in between, the loss is told and the events are sent, never the other way round. False when
     * only the active segment is left.
     */
    dropOldest(report: (loss: Loss) => void): boolean {
      const [victim] = unread();
      if (!victim || victim === store.active) return false;
      const { loss, records } = lossOf(victim, offsetIn(victim));
      if (loss) report(loss);
      waiting -= records;
      next = { segment: victim.number + 1, offset: 0 };
      save();
      tidy();
      return true;
    },
  };

  function cut(limits: ReadLimits): SpoolBatch | null {
    for (const segment of unread()) {
      const from = offsetIn(segment);
      const { records, to } = readEvents(segment, from, segment.end, limits);
      if (records.length === 0) continue;
      const range = { segment: segment.number, from, to };
      inFlight.set(range, records.length);
      next = { segment: segment.number, offset: to };
      save();
      return { range, header: segment.header, records };
    }
    return null;
  }

  function read(range: Range): SpoolBatch {
    const segment = store.segments.get(range.segment);
    if (!segment) throw new Error(`spool: segment ${range.segment} of a batch in flight is gone`);
    const { records } = readEvents(segment, range.from, range.to);
    return { range, header: segment.header, records };
  }

  /** Segments that hold events in no batch yet, oldest first. */
  function unread(): Segment[] {
    return [...store.segments.values()].filter(({ number }) => number >= next.segment);
  }

  function offsetIn(segment: Segment): number {
    return segment.number === next.segment ? Math.max(next.offset, segment.start) : segment.start;
  }

  function save(): void {
    cursor.write({ inFlight: [...inFlight.keys()], next });
  }

  /** Deletes segments of which nothing is left to send. */
  function tidy(): void {
    const needed = new Set([...inFlight.keys()].map(({ segment }) => segment));
    for (const segment of [...store.segments.values()]) {
      const read = segment.number < next.segment || offsetIn(segment) >= segment.end;
      if (read && !needed.has(segment.number)) store.remove(segment.number);
    }
  }
}
