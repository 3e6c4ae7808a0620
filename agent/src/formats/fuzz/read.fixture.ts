import type { RawEvent } from '../../source.ts';
import { readers } from '../registry.ts';
import type { Sample } from './samples.fixture.ts';

const now = new Date('2026-11-23T12:00:00Z');

/** The events of a file in pieces of `chunkBytes`; null when the reader says that it is none of its format. */
export async function readBytes(
  format: string,
  bytes: Buffer,
  file: string,
  chunkBytes = 97,
): Promise<RawEvent[] | null> {
  const reader = readers[format];
  if (!reader) throw new Error(`no reader of ${format}`);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const events: RawEvent[] = [];
  try {
    for await (const event of reader(chunks(), { file, now, timeZone: 'UTC' })) events.push(event);
  } catch (error) {
    // A refusal names the file; anything else is a crash.
    if (error instanceof Error && error.message.includes(file)) return null;
    throw error;
  }
  return events;
}

export function joined(parts: readonly Buffer[], { separator }: Sample): Buffer {
  return Buffer.concat(parts.flatMap((part) => [part, Buffer.from(separator)]));
}

/** What an event says, without where in the file it stood. */
export function said(event: RawEvent): string {
  const { line: _, offset: __, ...rest } = event as RawEvent & { line?: unknown; offset?: unknown };
  return JSON.stringify(rest);
}

/** Kinds that stand for a death, or for the killing of a process. */
const deadly =
  /^(?:death|oom-kill|oom-daemon-kill|crash|coredump|abnormal-end|reported-end|memory-failure|kernel-panic|kill-syscall)$/;

export const deaths = (events: readonly RawEvent[]): RawEvent[] =>
  events.filter(({ kind }) => deadly.test(kind));
