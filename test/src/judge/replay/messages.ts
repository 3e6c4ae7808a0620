import type { Event } from '@coroner/schema/event/event';
import { stableId } from '@coroner/schema/identity';
import type { Batch } from '@coroner/schema/wire/batch';
import type { Heartbeat } from '@coroner/schema/wire/heartbeat';
import { eventSubject, heartbeatSubject } from '@coroner/schema/wire/subjects';
import type { RecordedHost } from '../recording/host.ts';
import { arrivalMs, type Sent } from '../recording/recording.ts';

const usPerMs = 1000;
/** What an agent has within this time goes out in one batch. */
export const usualBatchMs = 250;

/** A message that an agent has ready; its envelope is stamped when it goes out. */
export interface Message {
  subject: string;
  /** True times, ms since 1970. */
  sentMs: number;
  arrivesMs: number;
  /** Bytes and id of the message when it goes out at this true time. */
  stamped(nowMs: number): { data: Buffer; id: string };
}

/** Batches and heartbeats as the agents would send them, in the order of their arrival. */
export function messagesOf(sent: readonly Sent[], batchWithinMs = usualBatchMs): Message[] {
  const messages: Message[] = [];
  const open = new Map<RecordedHost, { sinceMs: number; events: Event[] }>();
  for (const item of sent) {
    const { host, sentMs, event, sources } = item;
    if (!event) {
      const heartbeat = heartbeatMessage(host, sentMs, sources);
      messages.push({ ...heartbeat, arrivesMs: arrivalMs(item) });
      continue;
    }
    const batch = open.get(host);
    if (batch && sentMs - batch.sinceMs <= batchWithinMs) batch.events.push(event);
    else {
      const events = [event];
      open.set(host, { sinceMs: sentMs, events });
      messages.push(batchMessage(host, sentMs, events));
    }
  }
  return messages.sort((a, b) => a.arrivesMs - b.arrivesMs);
}

function batchMessage(host: RecordedHost, sentMs: number, events: readonly Event[]): Message {
  const { name, bootId, bootedMs } = host;
  return {
    subject: eventSubject(name),
    sentMs,
    arrivesMs: sentMs,
    stamped(nowMs) {
      const id = stableId('batch', ...events.map((event) => event.id));
      const sentAt = wallClock(host, nowMs);
      const batch: Batch = {
        ...{ v: 1, id, host: name, bootId, agent: 'recorded', sentAt },
        uptimeUs: uptimeUs(bootedMs, nowMs),
        events: [...events],
      };
      return { id, data: Buffer.from(JSON.stringify(batch)) };
    },
  };
}

function heartbeatMessage(
  host: RecordedHost,
  sentMs: number,
  sources: Heartbeat['sources'],
): Message {
  const { name, bootId, bootedMs } = host;
  return {
    subject: heartbeatSubject(name),
    sentMs,
    arrivesMs: sentMs,
    stamped(nowMs) {
      const heartbeat: Heartbeat = {
        ...{ v: 1, host: name, bootId, agent: 'recorded', agentPid: 1 },
        ...{ kernel: '6.12.0', os: 'Debian GNU/Linux 12', sources, spooled: 0 },
        sentAt: wallClock(host, nowMs),
        uptimeUs: uptimeUs(bootedMs, nowMs),
      };
      const data = Buffer.from(JSON.stringify(heartbeat));
      return { id: stableId('heartbeat', name, nowMs), data };
    },
  };
}

const uptimeUs = (bootedMs: number, nowMs: number): number =>
  Math.round((nowMs - bootedMs) * usPerMs);

const wallClock = ({ clockErrorMs }: RecordedHost, nowMs: number): string =>
  new Date(nowMs + clockErrorMs(nowMs)).toISOString();
