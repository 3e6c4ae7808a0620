import { closeSync, openSync, readSync } from 'node:fs';
import type { Taker } from '../../following/taker.ts';
import { detectLayout, probeSizeBytes } from '../../formats/utmp/detect.ts';
import { type UtmpContent, utmpEvent } from '../../formats/utmp/event.ts';
import type { Layout } from '../../formats/utmp/layout.ts';
import { parseUtmp } from '../../formats/utmp/record.ts';
import type { RawEvent } from '../../source.ts';

const smallestRecordBytes = 384;

/** The layout of a utmp file by its first records; null while it has none. */
export function layoutOf(path: string): Layout | null {
  const head = Buffer.alloc(probeSizeBytes);
  try {
    const fd = openSync(path, 'r');
    try {
      const bytes = readSync(fd, head, 0, head.length, 0);
      return bytes === 0 ? null : detectLayout(head.subarray(0, bytes), bytes < head.length);
    } finally {
      closeSync(fd);
    }
  } catch {
    // Not there yet.
    return null;
  }
}

/** What one record says; where it stands in its file is left out: utmp and wtmp say the same. */
export function recordEvent(bytes: Buffer, layout: Layout, content: UtmpContent): RawEvent | null {
  const record = parseUtmp(bytes, layout, 0);
  const event = record && utmpEvent(record, content);
  if (!event || !('offset' in event)) return event;
  const { offset: _, ...rest } = event;
  return rest as RawEvent;
}

/** Takes a wtmp or btmp that grows, record by record. */
export function recordTaker(
  path: string,
  content: UtmpContent,
  onEvent: (event: RawEvent) => void,
): Taker {
  let layout = layoutOf(path);
  let held = Buffer.alloc(0);
  return {
    push(bytes) {
      held = Buffer.concat([held, bytes]);
      if (held.length < smallestRecordBytes) return held.length;
      layout ??= layoutOf(path);
      if (!layout) return held.length;
      let at = 0;
      for (; held.length - at >= layout.sizeBytes; at += layout.sizeBytes) {
        const event = recordEvent(held.subarray(at, at + layout.sizeBytes), layout, content);
        if (event) onEvent(event);
      }
      held = Buffer.from(held.subarray(at));
      return held.length;
    },
    end: () => undefined,
  };
}
