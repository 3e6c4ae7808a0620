import type { Heartbeat, Labels, SourceStatus } from '@coroner/schema/wire/heartbeat';
import { heartbeatSubject } from '@coroner/schema/wire/subjects';
import type { NatsConnection } from 'nats';
import { uptimeUs } from '../clock.ts';
import type { Host } from '../host.ts';
import type { Log } from '../log.ts';
import { ownAddresses } from './addresses.ts';

const everyMs = 15_000;
const ackTimeoutMs = 5000;

export interface HeartbeatOptions {
  readonly host: Host;
  readonly agent: string;
  readonly labels: Labels;
  readonly log: Log;
  connection(): NatsConnection | null;
  statuses(): SourceStatus[];
  /** Events that wait in the spool. */
  spooled(): number;
  /** At every beat, with or without NATS. */
  onBeat(): void;
}

/** Says every 15 s that this host is up and what is watched on it. Not spooled: an old one is worth nothing. */
export function heartbeats(options: HeartbeatOptions) {
  const timer = setInterval(beat, everyMs);
  let complained = false;
  return {
    /** One now, such as when the connection stands or a source changed. */
    beat,
    stop: () => clearInterval(timer),
  };

  function beat(): void {
    options.onBeat();
    const connection = options.connection();
    if (!connection) return;
    connection
      .jetstream()
      .publish(heartbeatSubject(options.host.name), JSON.stringify(heartbeat(options)), {
        timeout: ackTimeoutMs,
      })
      .then(
        () => {
          complained = false;
        },
        (error: Error) => {
          if (!complained)
            options.log.warn({ reason: error.message }, 'NATS did not take a heartbeat');
          complained = true;
        },
      );
  }
}

function heartbeat({ host, agent, labels, statuses, spooled }: HeartbeatOptions): Heartbeat {
  return {
    v: 1,
    host: host.name,
    bootId: host.bootId,
    agent,
    agentPid: process.pid,
    sentAt: new Date().toISOString(),
    uptimeUs: uptimeUs(),
    kernel: host.kernel,
    os: host.os,
    sources: statuses(),
    spooled: spooled(),
    addresses: ownAddresses(),
    labels,
  };
}
