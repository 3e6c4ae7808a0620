/** Who sent signals, as a record would name it: programs of the bench have names of their own. */
export interface Sent {
  comm: string;
  signal: 'SIGTERM' | 'SIGKILL';
}

/** Records of what was sent. */
export interface Recorded {
  /** That name the sender. */
  named: readonly number[];
  /** Counted without a name: they may be of anybody. */
  unnamed: number;
}

/** A program that records signals, at work. */
export interface Running {
  /** Whose processor time and memory it costs. */
  pids: readonly number[];
  /** Ends it when it has written what it has; how many records there are of each. */
  stop(sent: readonly Sent[]): Promise<Recorded>;
}

export interface Collector {
  name: string;
  /** Resolves when it records; throws with the reason where it cannot run. */
  start(): Promise<Running>;
}

/** Signals come from the first processor; what records them works on the second. */
export const collectorCpu = '1';
export const senderCpu = '0';
