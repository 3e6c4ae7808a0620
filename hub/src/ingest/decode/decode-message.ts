import { Event } from '@coroner/schema/event/event';
import { BatchEnvelope } from '@coroner/schema/wire/batch';
import { Heartbeat } from '@coroner/schema/wire/heartbeat';
import { hostOfSubject } from '@coroner/schema/wire/subjects';
import type { z } from 'zod';
import { type EventRow, subjectOf } from '../../store/events/event-row.ts';
import type { Reject } from '../../store/events/quarantine.ts';
import type { ReceivedHeartbeat } from '../../store/hosts/heartbeats.ts';
import type { Stamp } from '../clock/note-clocks.ts';
import { parseMessage } from './clean-text.ts';
import { isStorableInstant, normalInstant } from './instant.ts';

/** A message of the event stream: its subject, its bytes, and when JetStream took it. */
export interface Message {
  subject: string;
  data: Uint8Array;
  receivedAt: string;
}

/** What one message holds: everything in it ends up in exactly one of rows, heartbeats and rejects. */
export interface Decoded {
  subject: string;
  rows: EventRow[];
  heartbeats: ReceivedHeartbeat[];
  rejects: Reject[];
  /** What the clocks of the host said when it went out; none of what tells the time of nobody. */
  stamps: Stamp[];
}

const largestPid = 2 ** 31 - 1;
const usPerMs = 1000;

/** Never throws: what cannot be decoded becomes a reject with the reason. */
export function decode(message: Message): Decoded {
  const { subject } = message;
  const decoded: Decoded = { subject, rows: [], heartbeats: [], rejects: [], stamps: [] };
  try {
    const host = hostOfSubject(message.subject);
    if (host === null) throw new Error('the subject names no host');
    const value = parseMessage(message.data);
    if (message.subject.startsWith('coroner.heartbeat.'))
      decodeHeartbeat(host, value, message, decoded);
    else decodeBatch(host, value, message, decoded);
  } catch (error) {
    decoded.rejects.push({
      subject: message.subject,
      reason: (error as Error).message,
      payload: message.data,
    });
  }
  return decoded;
}

function decodeHeartbeat(host: string, value: unknown, message: Message, into: Decoded): void {
  const heartbeat = parsed(Heartbeat.safeParse(value), 'heartbeat');
  checkHost(host, heartbeat.host);
  if (!isStorableInstant(heartbeat.sentAt)) throw new Error('sentAt is out of range');
  into.heartbeats.push({
    heartbeat: { ...heartbeat, sentAt: normalInstant(heartbeat.sentAt) },
    receivedAt: message.receivedAt,
  });
  into.stamps.push(stampOf(heartbeat, message));
}

function decodeBatch(host: string, value: unknown, message: Message, into: Decoded): void {
  const batch = parsed(BatchEnvelope.safeParse(value), 'batch');
  checkHost(host, batch.host);
  if (isStorableInstant(batch.sentAt)) into.stamps.push(stampOf(batch, message));
  for (const item of batch.events) {
    try {
      // What a newer agent says beside what we know stays with it: a later hub may read that.
      const event = { ...(item as object), ...parsed(Event.safeParse(item), 'event') };
      into.rows.push(rowOf(event, host, batch.bootId, message.receivedAt));
    } catch (error) {
      into.rejects.push({
        subject: message.subject,
        reason: (error as Error).message,
        // A message of its own, for a later version of the hub that may know such an event.
        payload: Buffer.from(JSON.stringify({ ...batch, events: [item] })),
      });
    }
  }
}

function stampOf({ host, bootId, sentAt, uptimeUs }: Sent, { receivedAt }: Message): Stamp {
  const [receivedMs, wallMs] = [Date.parse(receivedAt), Date.parse(sentAt)];
  const bootMs = uptimeUs === undefined ? null : uptimeUs / usPerMs;
  return { host, bootId, receivedMs, wallMs, bootMs };
}

type Sent = Pick<z.infer<typeof BatchEnvelope>, 'host' | 'bootId' | 'sentAt' | 'uptimeUs'>;

function rowOf(event: Event, host: string, bootId: string, receivedAt: string): EventRow {
  const subject = subjectOf(event);
  if (subject.pid !== null && (subject.pid < 0 || subject.pid > largestPid))
    throw new Error(`pid ${subject.pid} is out of range`);
  if (event.at !== null && !isStorableInstant(event.at))
    throw new Error(`at ${event.at} is out of range`);
  return {
    id: event.id,
    host,
    boot_id: bootId,
    kind: event.kind,
    source: event.source,
    at: event.at === null ? receivedAt : normalInstant(event.at),
    ...subject,
    body: event,
    received_at: receivedAt,
  };
}

function checkHost(ofSubject: string, ofBody: string): void {
  if (ofSubject !== ofBody)
    throw new Error(`the subject belongs to host ${ofSubject}, the message says ${ofBody}`);
}

function parsed<Value>(result: z.ZodSafeParseResult<Value>, what: string): Value {
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, 5);
  const reasons = issues.map((issue) => `${issue.path.join('.') || what}: ${issue.message}`);
  throw new Error(`not a valid ${what}: ${reasons.join('; ')}`);
}
