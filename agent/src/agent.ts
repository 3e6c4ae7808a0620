import type { AgentConfig } from './config.ts';
import { givenUpGap, lossRecord, tornGap } from './gaps.ts';
import type { Host } from './host.ts';
import { isHostStopping } from './host-stopping.ts';
import { identifier } from './identity/identifier.ts';
import type { Log } from './log.ts';
import { finisher } from './pipeline/finished.ts';
import { pipeline } from './pipeline/pipeline.ts';
import { natsConnection } from './publish/connection.ts';
import { heartbeats } from './publish/heartbeats.ts';
import { publisher } from './publish/publisher.ts';
import { openRunMarker } from './run-marker.ts';
import type { Source } from './source.ts';
import { openSpool } from './spool/spool.ts';
import { startSources } from './start-sources.ts';

/** What NATS takes within this time when the agent stops; the rest stays in the spool. */
const drainMs = 2000;
const refreshMs = 60_000;

export interface AgentOptions {
  readonly config: AgentConfig;
  readonly host: Host;
  readonly version: string;
  readonly sources: readonly Source[];
  readonly log: Log;
}

export interface Agent {
  /** Leaves NATS and connects to what is said now; nothing is lost on the way. */
  reconnect(to: Pick<AgentConfig, 'natsUrl' | 'natsFiles'>): void;
  stop(): Promise<void>;
}

/** sources → pipeline → spool → NATS. Resolves when the sources run; the result stops it all. */
export async function startAgent(options: AgentOptions): Promise<Agent> {
  const { config, host, version, sources, log } = options;
  const isRecording = sources.some((source) => source.survivesAgent && source.isRecording?.());
  const marker = openRunMarker(config.stateDir, host, isRecording);
  const spool = openSpool({
    folder: `${config.stateDir}/spool`,
    header: { host: host.name, bootId: host.bootId, agent: version },
    maxBytes: config.spoolMaxBytes,
    lossRecord: (loss) => lossRecord(loss, host),
    onTrouble: (error) =>
      error
        ? log.error({ reason: error.message }, 'the spool cannot be written; events wait in memory')
        : log.info('the spool is written again'),
  });
  const emit = pipeline({
    finish: finisher(host, identifier()),
    append: spool.append,
    known: spool.lastIds,
    onError: (error, { kind, source }) =>
      log.error({ reason: error.message, kind, source }, 'an event could not be taken'),
  });
  for (const gap of [...marker.gaps, ...tornGap(spool.tornBytes)]) emit(gap);

  const sending = publisher({
    host: host.name,
    bootId: host.bootId,
    spool,
    log,
    onGivenUp: ({ records }) => emit(givenUpGap(records.length)),
  });
  const started = await startSources(
    sources,
    emit,
    spool.flush,
    (source, error) =>
      log.warn({ source, reason: error.message }, 'an evidence source is not there'),
    () => spool.waiting,
  );
  emit({ kind: 'agent-start', source: 'agent', at: now(), pid: process.pid, version });
  const beats = heartbeats({
    host,
    agent: version,
    labels: config.labels,
    log,
    connection: () => connection.current,
    statuses: started.statuses,
    spooled: () => spool.waiting,
    onBeat: () => marker.beat(started.survivesAgent()),
  });
  const connection = natsConnection({
    url: config.natsUrl,
    files: config.natsFiles,
    host: host.name,
    log,
    onUp(up) {
      sending.connected(up);
      beats.beat();
    },
  });
  const refresh = setInterval(() => void started.refresh(), refreshMs);

  return {
    reconnect: ({ natsUrl, natsFiles }) => connection.reopen(natsUrl, natsFiles),
    async stop() {
      clearInterval(refresh);
      beats.stop();
      const recordsOn = config.keepRecording && started.survivesAgent();
      await started.stop();
      const hostStopping = await isHostStopping();
      const { pid } = process;
      emit({ kind: 'agent-stop', source: 'agent', at: now(), pid, hostStopping, recordsOn });
      spool.flush();
      await sending.drained(drainMs);
      sending.close();
      await connection.close();
      spool.close();
      marker.stopped(recordsOn);
    },
  };
}

const now = (): string => new Date().toISOString();
