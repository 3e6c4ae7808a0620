import type { Report } from './report.ts';

/** What a part of the bench is given. */
export interface Bench {
  report: Report;
  /** 1: as the command runs it; less: that share of the time, for a test. */
  scale: number;
  /** One line of progress. */
  say(what: string): void;
}

export interface Part {
  /** What it is for, as the help tells it. */
  summary: string;
  run(bench: Bench): Promise<void>;
}
