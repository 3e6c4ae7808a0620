import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import type { Commit, Emit, RawEvent, RunningSource, Source, Waiting } from './source.ts';

export interface StartedSources {
  /** Newest status of every source. */
  statuses(): SourceStatus[];
  /** A running source goes on recording when the agent is killed. */
  survivesAgent(): boolean;
  /** Asks every source again, and emits what changed. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

/** Called when a source does not start or does not stop. */
export type OnSourceFailure = (source: string, error: Error) => void;

/**
 * Starts the sources, one after the other. One that fails is reported and does not keep the others
 * from running. Emits a `source-state` event for each, and again whenever its state changes.
 */
export async function startSources(
  sources: readonly Source[],
  emit: Emit,
  commit: Commit,
  onFailure: OnSourceFailure,
  waiting: Waiting = () => 0,
): Promise<StartedSources> {
  const running = new Map<string, RunningSource>();
  const known = new Map<string, SourceStatus>();
  const failed = new Map<string, string>();
  const listeners: ((event: RawEvent) => void)[] = [];
  const emitAndTell: Emit = (event) => {
    emit(event);
    for (const heard of listeners) heard(event);
  };

  const isBackground = (source: Source): boolean => source.isBackground === true;
  const inOrder = [
    ...sources.filter(isBackground),
    ...sources.filter((source) => !isBackground(source)),
  ];
  for (const source of inOrder) {
    if (!isWanted(source)) continue;
    try {
      const started = await source.start(emitAndTell, commit, waiting);
      running.set(source.name, started);
      if (started.heard) listeners.push(started.heard);
    } catch (error) {
      failed.set(source.name, (error as Error).message);
      onFailure(source.name, error as Error);
    }
    note(await ask(source));
  }

  return {
    statuses: () => [...known.values()],
    survivesAgent: () =>
      sources.some(
        ({ name, survivesAgent }) =>
          survivesAgent === true && running.has(name) && known.get(name)?.state === 'available',
      ),
    async refresh() {
      for (const source of sources) if (isWanted(source)) note(await ask(source));
    },
    async stop() {
      for (const source of [...running.values()].reverse()) {
        await source.stop().catch((error: Error) => onFailure('stop', error));
      }
    },
  };

  function isWanted({ insteadOf }: Source): boolean {
    return !insteadOf?.some((name) => running.has(name) && known.get(name)?.state !== 'off');
  }

  async function ask(source: Source): Promise<SourceStatus> {
    const failure = failed.get(source.name);
    try {
      const status = await source.status();
      if (failure === undefined) return status;
      return {
        ...status,
        state: status.state === 'available' ? 'missing' : status.state,
        why: failure,
      };
    } catch (error) {
      return { source: source.name, state: 'missing', why: (error as Error).message };
    }
  }

  function note(status: SourceStatus): void {
    const before = known.get(status.source);
    known.set(status.source, status);
    if (before?.state === status.state && before.why === status.why) return;
    const { source: of, state, why, enable } = status;
    emit({
      kind: 'source-state',
      source: 'agent',
      at: new Date().toISOString(),
      of,
      state,
      why,
      ...(enable ? { enable } : {}),
    });
  }
}
