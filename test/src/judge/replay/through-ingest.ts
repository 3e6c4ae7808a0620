import { type Delivered, startStoredIngest } from '@coroner/hub/dist/testing/stored-ingest.js';
import type { Recording } from '../recording/recording.ts';
import { type Answered, type Answers, answersOf } from './answered.ts';
import { type Message, messagesOf } from './messages.ts';

/** As the hub takes them. */
const messagesAtOnce = 64;
const onTheWayMs = 2;

/** The hub's ingest on a real database, with JetStream's receive times as the recording has them. */
export interface Ingest {
  replay(recording: Recording): Promise<Answers>;
  stop(): Promise<void>;
}

export async function startIngest(): Promise<Ingest> {
  const { pool, take, lookForLogDeaths, stop } = await startStoredIngest();
  return {
    async replay({ hosts, sent }) {
      const messages = messagesOf(sent);
      for (let start = 0; start < messages.length; start += messagesAtOnce)
        await take(messages.slice(start, start + messagesAtOnce).map(delivered));
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
