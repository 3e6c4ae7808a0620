import type { Event } from '@coroner/schema/event/event';
import type { NewExpectedRule } from '@coroner/schema/http/expected';
import { stableId } from '@coroner/schema/identity';
import type { SourceStatus } from '@coroner/schema/wire/heartbeat';
import { createHost, type HostOptions, type RecordedHost } from './host.ts';
import type { Truth } from './truth.ts';

/**
 * What an agent sent, and when, in ms of true time since 1970. Events that come late waited in its
 * spool; heartbeats wait nowhere but on the way, and arrive `delayMs` later.
 */
export type Sent = { host: RecordedHost; sentMs: number; delayMs?: number } & (
  | { event: Event; sources?: never }
  | { event?: never; sources: SourceStatus[] }
);

/** A fleet for some minutes: its hosts, all that their agents sent, and what really happened. */
export interface Recording {
  hosts: RecordedHost[];
  /** In the order of the sending. */
  sent: Sent[];
  /** Deaths that somebody announced, times in ms since 1970. */
  announced: Announced[];
  truth: Truth[];
}

export interface Announced {
  rule: Omit<NewExpectedRule, 'id' | 'from' | 'until'>;
  fromMs: number;
  untilMs: number;
}

/** One file each in scenarios/. Times in it are ms since its beginning. */
export interface Scenario {
  name: string;
  play(stage: Stage): void;
}

/** Where a scenario writes down what happens. */
interface Stage {
  host(name: string, options?: HostOptions): RecordedHost;
  /** Somebody announces deaths on these hosts, from a time to another. */
  announces(rule: Omit<Announced['rule'], 'host'>, fromMs: number, untilMs: number): void;
  /** What happened to that process; `incident` is a label of this scenario. */
  truth(
    host: RecordedHost,
    victim: { pid: number; comm: string },
    truth: Omit<Truth, 'host' | 'pid' | 'comm'>,
  ): void;
}

/**
 * The same fleet may be replayed often: `run` keeps the hosts of the replays apart. `disturbClock`
 * changes what each host's clock says.
 */
export function record(
  scenario: Scenario,
  startMs: number,
  run: string,
  disturbClock: (options: HostOptions) => HostOptions = (options) => options,
): Recording {
  const hosts: RecordedHost[] = [];
  const sent: Sent[] = [];
  const truth: Truth[] = [];
  const announced: Announced[] = [];
  scenario.play({
    host(name, options = {}) {
      const send = (item: Sent) => sent.push(item);
      const host = createHost(`${name}.${run}`, startMs, disturbClock(options), send);
      hosts.push(host);
      return host;
    },
    announces(rule, fromMs, untilMs) {
      // Of this replay alone.
      const ofRun = { ...rule, host: `*.${run}` };
      announced.push({ rule: ofRun, fromMs: startMs + fromMs, untilMs: startMs + untilMs });
    },
    truth({ name: host }, { pid, comm }, { incident, ...facts }) {
      const label = incident === null ? null : stableId(scenario.name, run, incident);
      truth.push({ host, pid, comm, ...facts, incident: label });
    },
  });
  return { hosts, sent: sent.sort(byArrival), announced, truth };
}

export const arrivalMs = ({ sentMs, delayMs = 0 }: Sent): number => sentMs + delayMs;

export const byArrival = (a: Sent, b: Sent): number => arrivalMs(a) - arrivalMs(b);
