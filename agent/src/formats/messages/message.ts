import type { Source } from '@coroner/schema/event/base';
import type { RawEvent } from '../../source.ts';

/** What a program wrote into a log. */
export interface Message {
  readonly source: Source;
  /** Name of the program, lower case, without path and `(pam_unix)`; null where the log has none. */
  readonly program: string | null;
  /** The name as printed. */
  readonly tag: string | null;
  readonly pid: number | null;
  readonly host: string | null;
  readonly text: string;
  readonly at: string | null;
  readonly bootUs: number | null;
}

/** Finds the events in the messages of one family of programs. */
export interface Matcher {
  /** Events that are complete now. */
  push(message: Message): readonly RawEvent[];
  /** Events that waited for a further line. */
  flush(): readonly RawEvent[];
}

export const nothing: readonly RawEvent[] = [];

/** A matcher that looks at one message at a time. */
export function stateless(match: (message: Message) => RawEvent | null): Matcher {
  return {
    push(message) {
      const event = match(message);
      return event ? [event] : nothing;
    },
    flush: () => nothing,
  };
}

/** What every event of a message carries. */
export function base({ source, at, bootUs, host }: Message) {
  return {
    source,
    at,
    ...(bootUs === null ? {} : { bootUs }),
    ...(host === null ? {} : { host }),
  };
}
