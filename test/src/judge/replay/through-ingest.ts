import { type Delivered, startStoredIngest } from '@coroner/hub/dist/testing/stored-ingest.js';
import type { Recording } from '../recording/recording.ts';
import { announce } from './announce.ts';
import { type Answered, type Answers, answersOf } from './answered.ts';
import { type Message, messagesOf } from './messages.ts';

const onTheWayMs = 2;
/** A hub is never slower than that; so many transactions keep the replay of a large fleet short. */
const mostTakes = 300;
/** What a log alone tells of waits so long for the probe's record. */
const graceMs = 5_000;

/** How the hub takes what arrives. */
export interface Pace {
  /** Messages in one transaction, where that makes no more than 300 of them. */
  messagesAtOnce: number;
  /** What an agent has within this time goes out in one batch. */
  batchWithinMs: number;
}

/** The hub's ingest on a real database, with JetStream's receive times as the recording has them. */
export interface Ingest {
  replay(recording: Recording, pace: Pace): Promise<Answers>;
  stop(): Promise<void>;
}

export async function startIngest(): Promise<Ingest> {
  const { pool, take, lookForLogDeaths, stop } = await startStoredIngest();
  return {
    async replay({ hosts, sent, announced }, { messagesAtOnce, batchWithinMs }) {
      await announce(pool, announced);
      const messages = messagesOf(sent, batchWithinMs);
      const atOnce = Math.max(messagesAtOnce, Math.ceil(messages.length / mostTakes));
      let lookedMs = Number.NEGATIVE_INFINITY;
      for (let start = 0; start < messages.length; start += atOnce) {
        const arriving = messages.slice(start, start + atOnce);
        const nowMs = arriving[0]?.arrivesMs ?? 0;
        if (nowMs - lookedMs > graceMs) {
          await lookForLogDeaths(new Date(nowMs - graceMs));
          lookedMs = nowMs;
        }
        await take(arriving.map(delivered));
      }
      await lookForLogDeaths();
      const { rows } = await pool.query<Answered>(
        `select answer, incident_id as "incidentId" from deaths where host = any($1)`,
        [hosts.map(({ name }) => name)],
      );
      return answersOf(rows);
    },
    stop,
  };
}

function delivered({ subject, sentMs, arrivesMs, stamped }: Message): Delivered {
  const receivedAt = new Date(arrivesMs + onTheWayMs).toISOString();
  return { subject, data: stamped(sentMs).data, receivedAt };
}
