import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@coroner/hub/dist/testing/servers/free-port.js';
import { eventStream } from '@coroner/schema/wire/subjects';
import { connect, credsAuthenticator, type NatsConnection } from 'nats';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { projectRoot } from '../stack/stack.ts';
import { until } from '../stack/until.ts';

let folder: string;
let server: ChildProcess;
let port: number;
let hub: NatsConnection;

const inFolder = (name: string): string => join(folder, name);
const openssl = (...args: string[]) =>
  execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });

/** An authority of our own, and the server's certificate; nats.js checks names, and no IP addresses. */
function makeCertificates(): void {
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  for (const name of ['ca', 'stranger'])
    openssl(
      'req',
      '-x509',
      ...fresh,
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.pem`,
      '-subj',
      `/CN=${name}`,
    );
  openssl('req', ...fresh, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=nats');
  writeFileSync(inFolder('san'), 'subjectAltName=DNS:localhost\n');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'san'];
  openssl('x509', '-req', '-in', 'server.csr', ...signed, '-out', 'server.pem');
}

function coroner(...args: string[]): string {
  const [command = '', ...rest] = args;
  return execFileSync(
    process.execPath,
    [join(projectRoot, 'bot/bin/coroner.js'), command, '--keys', inFolder('keys'), ...rest],
    {
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...process.env, NATS_URL: `tls://localhost:${port}`, NATS_CA: inFolder('ca.pem') },
    },
  );
}

async function startServer(): Promise<void> {
  server = spawn('nats-server', ['-c', inFolder('nats.conf')], { stdio: 'ignore' });
  await until('nats-server answers', () =>
    connected('keys/hub.creds').then(
      (one) => one.close().then(() => true),
      () => false,
    ),
  );
}

const connected = (creds: string, ca = 'ca.pem', more = {}): Promise<NatsConnection> =>
  connect({
    servers: `localhost:${port}`,
    tls: { caFile: inFolder(ca) },
    authenticator: credsAuthenticator(readFileSync(inFolder(creds))),
    reconnect: false,
    ...more,
  });

/** What the server refuses on this connection. */
async function refusals(connection: NatsConnection, work: () => unknown): Promise<string[]> {
  const refused: string[] = [];
  void (async () => {
    for await (const { type, data } of connection.status())
      if (type === 'error') refused.push(String(data));
  })();
  work();
  await connection.flush();
  await new Promise(setImmediate);
  return refused;
}

const subjectOf = (host: string): string => `coroner.events.${host}`;

async function messagesOf(host: string): Promise<number> {
  const manager = await hub.jetstreamManager();
  const filter = { subjects_filter: subjectOf(host) };
  const { state } = await manager.streams.info(eventStream.name, filter);
  return state.subjects?.[subjectOf(host)] ?? 0;
}

/** What the stream holds of a host: ids of generated events, and kinds of the others. */
async function idsOf(host: string): Promise<{ generated: string[]; kinds: string[] }> {
  const found: { generated: string[]; kinds: string[] } = { generated: [], kinds: [] };
  const consumer = await hub
    .jetstream()
    .consumers.get(eventStream.name, { filterSubjects: subjectOf(host) });
  const count = await messagesOf(host);
  let taken = 0;
  for await (const message of await consumer.fetch({ max_messages: count, expires: 5000 })) {
    for (const { id, kind } of message.json<{ events: { id: string; kind: string }[] }>().events)
      if (id.startsWith('generated-')) found.generated.push(id);
      else found.kinds.push(kind);
    taken += 1;
    if (taken === count) break;
  }
  return found;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-enrol-'));
  port = await freePort();
  makeCertificates();
  coroner('enroll', '--init', '--accounts', inFolder('accounts'));
  writeFileSync(
    inFolder('nats.conf'),
    `listen: "localhost:${port}"
tls { cert_file: "${inFolder('server.pem')}", key_file: "${inFolder('server.key')}" }
jetstream { store_dir: "${inFolder('jetstream')}" }
include "keys/accounts.conf"
`,
  );
  await startServer();
  hub = await connected('keys/hub.creds', 'ca.pem', { reconnect: true, maxReconnectAttempts: -1 });
  const manager = await hub.jetstreamManager();
  await manager.streams.add({ name: eventStream.name, subjects: [...eventStream.subjects] });
});
afterAll(async () => {
  await hub?.close();
  if (server && server.exitCode === null) {
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

it('credentials publish as their own host and do nothing else', async () => {
  coroner('enroll', 'web-3.example', '--out', inFolder('web-3.creds'));
  const agent = await connected('web-3.creds');
  const may = (work: () => unknown) => refusals(agent, work);
  const publish = (subject: string) => may(() => agent.publish(subject, new Uint8Array()));
  expect(await publish('coroner.heartbeat.web-3%2Eexample')).toEqual([]);
  for (const subject of [
    'coroner.events.web-4',
    'coroner.events.{{name()}}',
    'coroner.alerts.incident.1',
    '$JS.API.STREAM.PURGE.CORONER_EVENTS',
    '$JS.API.CONSUMER.MSG.NEXT.CORONER_EVENTS.hub',
    '$SYS.REQ.CLAIMS.UPDATE',
  ])
    expect([subject, (await publish(subject)).length]).toEqual([subject, 1]);
  for (const subject of ['>', 'coroner.>', '_INBOX.>', '_INBOX_agent.web-4.>']) {
    const refused = await may(() => agent.subscribe(subject, { callback: () => undefined }));
    expect([subject, refused.length]).toEqual([subject, 1]);
  }
  await agent.close();
});

it('a server that another authority signed, or without TLS, gets no credentials', async () => {
  await expect(connected('web-3.creds', 'stranger.pem')).rejects.toThrow(/certificate/i);
});

it('a rotation loses nothing, and repeats nothing', async () => {
  coroner('enroll', 'rotated', '--out', inFolder('rotated.creds'));
  const generated = 20_000;
  const agent = spawn(
    process.execPath,
    [
      join(projectRoot, 'agent/dist/testing/generating-agent.js'),
      `${generated}`,
      inFolder('position'),
    ],
    {
      stdio: 'ignore',
      env: {
        ...process.env,
        CORONER_HOST: 'rotated',
        CORONER_STATE_DIR: inFolder('state'),
        NATS_URL: `nats://localhost:${port}`,
        NATS_CA: inFolder('ca.pem'),
        NATS_CREDS: inFolder('rotated.creds'),
      },
    },
  );
  onTestFinished(() => void agent.kill('SIGKILL'));
  await until('the first batch has come', async () => (await messagesOf('rotated')) > 0);
  coroner('enroll', 'rotated', '--out', inFolder('newer.creds'));
  cpSync(inFolder('rotated.creds'), inFolder('older.creds'));
  renameSync(inFolder('newer.creds'), inFolder('rotated.creds'));
  expect(coroner('revoke', 'rotated', '--keep-newest')).toContain('1 credentials of rotated');
  await expect(connected('older.creds')).rejects.toThrow(/authorization/i);
  await until('all have come', async () => (await idsOf('rotated')).generated.length >= generated);
  // Of the same process, so over the newer credentials.
  agent.kill('SIGTERM');
  await once(agent, 'exit');
  const { generated: all, kinds } = await idsOf('rotated');
  expect(kinds.filter((kind) => /^agent-st/.test(kind))).toEqual(['agent-start', 'agent-stop']);
  expect(new Set(all).size).toBe(generated);
  expect(all).toHaveLength(generated);
});

it('stolen credentials end at once, and stay ended when a server starts with an older file', async () => {
  coroner('enroll', 'stolen', '--out', inFolder('stolen.creds'));
  const thief = await connected('stolen.creds');
  cpSync(inFolder('keys/accounts.conf'), inFolder('older.conf'));
  coroner('revoke', 'stolen');
  await expect(thief.closed().then((error) => String(error))).resolves.toMatch(/authenti|revoked/i);
  await expect(connected('stolen.creds')).rejects.toThrow(/authorization/i);
  server.kill('SIGKILL');
  await once(server, 'exit');
  cpSync(inFolder('older.conf'), inFolder('keys/accounts.conf'));
  await startServer();
  await expect(connected('stolen.creds')).rejects.toThrow(/authorization/i);
  await (await connected('web-3.creds')).close();
});

it('no secret is on a command line, and keys are for their owner alone', () => {
  const line = readFileSync(`/proc/${server.pid}/cmdline`, 'utf8');
  expect(line).not.toMatch(/S[UAO][A-Z2-7]{50}/);
  const listed = execFileSync('find', [inFolder('keys'), '-perm', '/077'], { encoding: 'utf8' });
  expect(listed).toBe('');
  expect(readFileSync(inFolder('keys/accounts.conf'), 'utf8')).not.toMatch(/S[UAO][A-Z2-7]{50}/);
});
