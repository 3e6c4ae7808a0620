/** A job line of an anacrontab. */
export interface AnacronJob {
  /** In days, or `@monthly`, as written. */
  readonly period: string;
  readonly delayMinutes: number;
  readonly job: string;
  readonly command: string;
}

/** `period delay job-identifier command`, anacrontab(5); null for anything else. */
export function parseAnacronLine(line: string): AnacronJob | null {
  const match =
    /^\s*(\d{1,6}|@(?:daily|weekly|monthly|yearly|annually))\s+(\d{1,6})\s+(\S+)\s+(\S.*?)\s*$/.exec(
      line,
    );
  if (!match) return null;
  return {
    period: match[1] ?? '',
    delayMinutes: Number(match[2]),
    job: match[3] ?? '',
    command: match[4] ?? '',
  };
}
