import type { Field } from './format.ts';
import type { RawRecord } from './record.ts';

/** Where a page of the ring keeps its parts; the kernel says so in events/header_page. */
export interface PageLayout {
  readonly timestamp: number;
  readonly commit: number;
  readonly data: number;
}

/** What a page held. */
export interface Page {
  readonly records: RawRecord[];
  /** Records were overwritten before this page was read (RB_MISSED_EVENTS). */
  readonly missed: boolean;
  /** The page made sense to its end. */
  readonly whole: boolean;
}

const lengthMask = 0xf_ffff;
const missedFlag = 0x8000_0000;
const typeBits = 5;
const typeMask = 0x1f;
const wordBytes = 4;
/** Kinds of an entry, include/linux/ring_buffer.h; 1 to 28 are lengths in words. */
const kind = { long: 0, padding: 29, timeExtend: 30, timestamp: 31 } as const;
const deltaRange = 2 ** 27;
/** A timestamp entry has 59 bits; the rest comes from the time before it. */
const timestampRange = 2 ** 59;

/** Reads `header_page`; what it does not say is as it has been since 2.6.32 on 64 bits. */
export function pageLayout(fields: ReadonlyMap<string, Field>): PageLayout {
  return {
    timestamp: fields.get('timestamp')?.offset ?? 0,
    commit: fields.get('commit')?.offset ?? 8,
    data: fields.get('data')?.offset ?? 16,
  };
}

/**
 * The records of one page as per_cpu/cpuN/trace_pipe_raw gives it: entries of a word with 5 bits of
 * kind and 27 of time since the entry before. Bytes that make no sense end the page, never more.
 */
export function readPage(page: Buffer, layout: PageLayout, cpu: number): Page {
  const records: RawRecord[] = [];
  if (page.length < layout.data) return { records, missed: false, whole: page.length === 0 };
  const commit = page.readUInt32LE(layout.commit);
  const missed = (commit & missedFlag) !== 0;
  const end = layout.data + (commit & lengthMask);
  if (end > page.length) return { records, missed, whole: false };
  let ns = timeAt(page, layout.timestamp);
  let at = layout.data;
  while (at + wordBytes <= end) {
    const word = page.readUInt32LE(at);
    const type = word & typeMask;
    const delta = word >>> typeBits;
    const operand = at + 2 * wordBytes <= end ? page.readUInt32LE(at + wordBytes) : 0;
    if (type === kind.padding && delta === 0) return { records, missed, whole: true };
    const bytes = entryBytes(type, operand);
    if (bytes < 2 * wordBytes || at + bytes > end) return { records, missed, whole: false };
    ns = type === kind.timestamp ? timestampAfter(ns, operand, delta) : ns + delta;
    if (type === kind.timeExtend) ns += operand * deltaRange;
    if (type < kind.padding) {
      const from = at + (type === kind.long ? 2 : 1) * wordBytes;
      records.push({ cpu, ns, bytes: page.subarray(from, at + bytes) });
    }
    at += bytes;
  }
  return { records, missed, whole: true };
}

function entryBytes(type: number, operand: number): number {
  if (type === kind.long || type === kind.padding) return wordBytes + operand;
  if (type === kind.timeExtend || type === kind.timestamp) return 2 * wordBytes;
  return wordBytes + type * wordBytes;
}

function timestampAfter(ns: number, operand: number, delta: number): number {
  return Math.floor(ns / timestampRange) * timestampRange + operand * deltaRange + delta;
}

function timeAt(page: Buffer, offset: number): number {
  return page.readUInt32LE(offset + wordBytes) * 2 ** 32 + page.readUInt32LE(offset);
}
