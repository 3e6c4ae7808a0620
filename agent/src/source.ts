import type { Event } from '@coroner/schema/event/event';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';

/** An event before the pipeline gives it its id (`id` may be preset by a source with a better identity). */
export type RawEvent = Event extends infer E
  ? E extends Event
    ? Omit<E, 'id'> & { id?: string }
    : never
  : never;

/** Takes events in the order in which they were read; never throws, never blocks. */
export type Emit = (event: RawEvent) => void;

/**
 * Puts all that was emitted on disk. A source that gives back what it read (the probe's ring)
 * commits first, so that a kill in between makes it read again, not lose.
 */
export type Commit = () => void;

/** Events that are not sent yet: what is not urgent waits until they are few. */
export type Waiting = () => number;

/**
 * An evidence source of this host. Sources never import each other; each is started with the
 * pipeline's `emit` and reports its own losses as `gap` events.
 */
export interface Source {
  readonly name: string;
  /** While it is `available` it goes on recording when the agent is killed, and hands it over later. */
  readonly survivesAgent?: boolean;
  /** Started before the others: what it tells is needed to judge what they tell. */
  readonly isBackground?: boolean;
  /** Started only when no source of these names runs: it sees the same, and less. */
  readonly insteadOf?: readonly string[];
  /** What this host offers, without starting anything; for `doctor` and the heartbeat. */
  status(): Promise<SourceStatus> | SourceStatus;
  /** What an agent before this one left in the kernel records; for one that survives its agent. */
  isRecording?(): boolean;
  /** Starts reading. Rejects with a message that says what to do when it cannot. */
  start(emit: Emit, commit?: Commit, waiting?: Waiting): Promise<RunningSource>;
}

export interface RunningSource {
  /** Hears of every event of every source, itself included, after it was emitted; never throws. */
  heard?(event: RawEvent): void;
  /** Stops reading and frees everything. */
  stop(): Promise<void>;
}
