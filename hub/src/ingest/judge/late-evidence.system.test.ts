import type { Event } from '@coroner/schema/event/event';
import type { Answer } from '@coroner/schema/http/answer';
import type { DeathDetail } from '@coroner/schema/http/death-detail';
import { Alert } from '@coroner/schema/wire/alert';
import { alertStream, alertSubject } from '@coroner/schema/wire/subjects';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aliceKill, killed } from '../../testing/deaths.ts';
import { ask, startTestHub, testToken } from '../../testing/hub.ts';
import { until } from '../../testing/until.ts';
import { startWorld, type World } from '../../testing/world.ts';

let world: World;
let hub: Awaited<ReturnType<typeof startTestHub>>;

beforeAll(async () => {
  world = await startWorld();
  hub = await startTestHub(world.nats.url, world.databaseUrl);
});
afterAll(async () => {
  await hub?.stop();
  await world?.stop();
});

const answered = (path: string, isDone: (answer: Answer) => boolean) =>
  until(
    () => ask<Answer>(hub.address, path),
    ({ status, body }) => status === 200 && isDone(body),
  );

/** What a subscriber of the stream hears of deaths, until `stop`. */
async function subscriber() {
  const stopping = new AbortController();
  const response = await fetch(new URL('/v1/stream', hub.address), {
    headers: { authorization: `Bearer ${testToken}` },
    signal: stopping.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => {
    // Stopped below.
  });
  await until(
    () => text,
    (heard) => heard.includes('listening'),
  );
  return {
    deaths: (): { id: string; summary: string }[] =>
      [...text.matchAll(/event: death\n(?:id: \d+\n)?data: (.*)\n\n/g)].map(([, data = '']) =>
        JSON.parse(data),
      ),
    async stop() {
      stopping.abort();
      await reading;
    },
  };
}

test('a report that comes late changes verdict, history, stream and alert', async () => {
  const at = new Date().toISOString();
  const stream = await subscriber();
  const death = killed({ host: 'late', pid: 31, comm: 'java', at });
  const marked = { ...death, signals: [], oomMarked: true };
  await world.agent.publish('late', [marked]);
  const path = '/v1/why?process=java&host=late';
  const { body: first } = await answered(path, () => true);
  expect(first).toMatchObject({ revision: 1, revisions: [] });
  expect(first.verdict).toMatchObject({ cause: 'oom-host', confidence: 'possible' });

  const report: Event = {
    kind: 'oom-kill',
    id: 'oom-report-of-java',
    source: 'kmsg',
    at,
    pid: 31,
    comm: 'java',
    constraint: 'memcg',
    oomMemcg: '/system.slice/java.service',
  };
  await world.agent.publish('late', [report]);
  const { body: second } = await answered(path, ({ revision }) => revision === 2);
  expect(second.verdict).toMatchObject({ cause: 'oom-cgroup', confidence: 'proven' });
  expect(second.revisions).toMatchObject([
    { revision: 1, cause: 'oom-host', confidence: 'possible', summary: first.verdict.summary },
  ]);
  const { body: detail } = await ask<DeathDetail>(hub.address, `/v1/deaths/${death.id}`);
  expect(detail).toMatchObject({ revision: 2, history: [{ revision: 1 }] });

  await until(
    () => stream.deaths(),
    (deaths) => deaths.at(-1)?.summary === second.verdict.summary,
  );
  await stream.stop();
  const manager = await world.agent.connection.jetstreamManager();
  const alert = await until(
    async () => {
      const last_by_subj = alertSubject(second.related.incidentId ?? '');
      const message = await manager.streams.getMessage(alertStream.name, { last_by_subj });
      return Alert.parse(message.json());
    },
    ({ answer }) => answer.verdict.cause === 'oom-cgroup',
  );
  expect(alert.title).toContain('java');
  expect(alert.revision).toBeGreaterThan(1);
});

test('a login that is told after the kill names the person behind it', async () => {
  const diedMs = Date.now();
  const killer = {
    ...aliceKill,
    auditUser: 'alice',
    auditSession: 7,
    ancestry: [
      { pid: 900, comm: 'bash' },
      { pid: 880, comm: 'sshd' },
    ],
  };
  await world.agent.publish('bastion', [
    killed({ host: 'bastion', pid: 41, killer, at: new Date(diedMs).toISOString() }),
  ]);
  const path = '/v1/why?pid=41&host=bastion';
  const { body: first } = await answered(path, () => true);
  expect(first.actor?.origin).toMatchObject({ type: 'login-session', from: null });
  // Of hours before, read by an agent that began to read there only now.
  const login: Event = {
    kind: 'login',
    id: 'login-of-alice',
    source: 'wtmp',
    at: new Date(diedMs - 4 * 3_600_000).toISOString(),
    user: 'alice',
    from: '10.0.0.5',
    tty: 'pts/2',
    pid: 880,
  };
  await world.agent.publish('bastion', [login]);
  const { body: second } = await answered(path, ({ revision }) => revision === 2);
  expect(second.actor?.origin).toMatchObject({ from: '10.0.0.5', tty: 'pts/2' });
});

test('what changes nothing makes no revision', async () => {
  const at = new Date().toISOString();
  await world.agent.publish('calm', [killed({ host: 'calm', pid: 51, at })]);
  await answered('/v1/why?pid=51&host=calm', () => true);
  const stranger: Event = {
    kind: 'crash',
    id: 'crash-of-another',
    source: 'kmsg',
    at,
    pid: 52,
    comm: 'php',
    trap: 'segfault',
  };
  await world.agent.publish('calm', [stranger]);
  await until(
    () => world.count(`select count(*) from events where id = 'crash-of-another'`),
    (count) => count === 1,
  );
  const { body } = await ask<Answer>(hub.address, '/v1/why?pid=51&host=calm');
  expect(body).toMatchObject({ revision: 1, revisions: [] });
});
