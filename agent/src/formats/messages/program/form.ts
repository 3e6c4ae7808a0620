/** How a program says in its own log that a signal ended a process. */
export interface ReportedForm {
  readonly reporter: string;
  /** Programs that log it under their own name; in a log of its own a program names nobody. */
  readonly tags: RegExp;
  /** Groups: `pid`, `signal` (number or name) or `code` (128 + signal), `comm`, `core`. */
  readonly line: RegExp;
  /** Name of the process that ended, where it is always the same; null where nothing says it. */
  readonly comm?: string | null;
  /** It has no log of its own. */
  readonly isTagged?: true;
}

/** Only in its own log. */
export const own = /^$/;
