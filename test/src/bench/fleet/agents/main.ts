import { connectForEver } from '@coroner/hub/dist/ingest/stream/connection.js';
import { batchOf, heartbeatOf } from '@coroner/hub/dist/testing/agent.js';
import { eventSubject, heartbeatSubject } from '@coroner/schema/wire/subjects';
import type { NatsConnection } from 'nats';
import { eventOf, eventsPerHour, sources } from './mix.ts';

/**
 * A program of its own: agents of that many hosts, each with its connection, at the pace of real ones.
 * Says `connected` when all are, begins at a line on its standard input, and writes how many messages
 * JetStream took when its input ends.
 */
const [url = '', hostCount = '', beatEvery = '', salt = ''] = process.argv.slice(2);
const hosts = Number(hostCount);
const beatEveryMs = Number(beatEvery);
const connectingAtOnce = 50;
const hourMs = 3_600_000;
const turnMs = 20;

interface Agent {
  host: string;
  connection: NatsConnection;
  /** On the clock of performance.now(). */
  beatAtMs: number;
  eventAtMs: number;
  events: number;
}

const agents: Agent[] = [];
const names = Array.from({ length: hosts }, (_, number) => `host-${`${number}`.padStart(5, '0')}`);
const toConnect = [...names];
await Promise.all(
  Array.from({ length: connectingAtOnce }, async () => {
    for (let host = toConnect.shift(); host; host = toConnect.shift())
      agents.push({
        ...{ host, connection: await connectForEver(url, host) },
        ...{ beatAtMs: 0, eventAtMs: 0, events: 0 },
      });
  }),
);
process.stdout.write('connected\n');

let events = 0;
let heartbeats = 0;
let refused = 0;
const under = new Set<Promise<void>>();
process.stdin.once('data', () => {
  const began = performance.now();
  for (const agent of agents) {
    agent.beatAtMs = began + Math.random() * beatEveryMs;
    agent.eventAtMs = began + (Math.random() * hourMs) / eventsPerHour;
  }
  const turning = setInterval(turn, turnMs);
  process.stdin.once('end', () => {
    clearInterval(turning);
    void Promise.all(under).then(async () => {
      process.stdout.write(`${JSON.stringify({ events, heartbeats, refused })}\n`);
      await Promise.all(agents.map(({ connection }) => connection.close()));
      process.exit();
    });
  });
});

function turn(): void {
  const now = performance.now();
  for (const agent of agents) {
    if (agent.beatAtMs <= now) {
      agent.beatAtMs += beatEveryMs;
      const heartbeat = heartbeatOf(agent.host, { sources, uptimeUs: Math.round(now * 1_000) });
      send(agent, heartbeatSubject(agent.host), heartbeat, () => {
        heartbeats += 1;
      });
    }
    if (agent.eventAtMs <= now) {
      agent.eventAtMs += hourMs / eventsPerHour;
      const batch = batchOf(agent.host, [eventOf(agent.host, agent.events, salt)]);
      agent.events += 1;
      send(agent, eventSubject(agent.host), batch, () => {
        events += 1;
      });
    }
  }
}

function send(agent: Agent, subject: string, message: object, taken: () => void): void {
  const sending = agent.connection
    .jetstream()
    .publish(subject, JSON.stringify(message))
    .then(taken, () => {
      refused += 1;
    });
  under.add(sending);
  void sending.then(() => under.delete(sending));
}
