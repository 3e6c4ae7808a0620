import type { RawEvent } from '../source.ts';

/** What a reader knows about the file besides its bytes. */
export interface ReadContext {
  /** Path as given, or `-` for standard input. */
  readonly file: string;
  /** Upper bound for dates without a year: the file's last change, or the present. */
  readonly now: Date;
  /** IANA zone of times that carry none; the zone of this host when absent. */
  readonly timeZone?: string;
  /** Whether lines that name this host are read; all are when absent. */
  readonly isOwnHost?: (name: string) => boolean;
  /** Form of a crontab; told by its path and lines when absent. */
  readonly form?: 'system' | 'user' | 'anacron';
}

/**
 * Turns the (already decompressed) bytes of one evidence file into events, in file order, with
 * memory that does not grow with the file. Bytes that are no evidence are passed over; a reader
 * throws only when the file cannot be of its format at all.
 */
export type Reader = (
  input: AsyncIterable<Buffer>,
  context: ReadContext,
) => AsyncIterable<RawEvent>;
