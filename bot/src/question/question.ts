/** When a question points to: the likeliest instant, and the span that the words cover. ISO, UTC. */
export interface When {
  at: string;
  from: string;
  until: string;
  /** The words themselves: `last night`. */
  phrase: string;
}

/** What somebody wants to know. All null: nothing was understood. */
export interface Question {
  process: string | null;
  pid: number | null;
  host: string | null;
  when: When | null;
}

/** Where the asker stands in time. */
export interface AskedAt {
  now: Date;
  /** IANA name, such as `Europe/Berlin`; words like "last night" are read in it. */
  timezone: string;
}

export const nothing: Question = { process: null, pid: null, host: null, when: null };
