import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { heartbeatOf } from '@coroner/hub/dist/testing/agent.js';
import { killed } from '@coroner/hub/dist/testing/deaths.js';
import { testToken } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startReceiver } from '@coroner/hub/dist/testing/receiver.js';
import { until } from '@coroner/hub/dist/testing/until.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const program = fileURLToPath(new URL('../../../bot/bin/coroner.js', import.meta.url));
const hostile = 'evil\u001b[2J\nroot';

let world: World;
let hub: HubProcess;
let folder: string;
let beating: NodeJS.Timeout;
const beatEveryMs = 5_000;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-command-line-'));
  world = await startWorld();
  hub = await startHubProcess(world.nats.url, world.databaseUrl, {
    CORONER_WEBHOOK_KEY: 'of this test, as long as it has to be',
    CORONER_WEBHOOK_NETWORKS: '127.0.0.1',
  });
  await world.agent.publish('web-3', [
    killed({ host: 'web-3', pid: 4121, unit: 'nginx.service' }),
    killed({ host: 'web-3', pid: 4122, comm: hostile }),
  ]);
  const beat = () => world.agent.heartbeat('web-3', heartbeatOf('web-3'));
  await beat();
  // Without them it is silent soon, and the tests take as long as they take.
  beating = setInterval(() => void beat(), beatEveryMs);
  await until(
    () => world.count('select count(*) from deaths'),
    (count) => count === 2,
  );
  await until(
    () => world.count('select count(*) from hosts'),
    (count) => count === 1,
  );
});
afterAll(async () => {
  clearInterval(beating);
  await hub?.end('SIGTERM');
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  status: number | null;
  out: string;
  err: string;
}

const coroner = (...words: string[]): Promise<Ended> => coronerWith(testToken, ...words);

function launch(token: string, words: readonly string[]) {
  return spawn(process.execPath, [program, ...words], {
    env: {
      PATH: process.env['PATH'],
      CORONER_API_URL: hub.address,
      CORONER_API_TOKEN: token,
      TZ: 'UTC',
    },
  });
}

function coronerWith(token: string, ...words: string[]): Promise<Ended> {
  const child = launch(token, words);
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.end();
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, out, err })));
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('lists', () => {
  it.each([['deaths'], ['incidents'], ['status'], ['why', 'nginx'], ['completion', 'bash']])(
    'end without a word when nobody reads on: %s',
    async (...words) => {
      const child = launch(testToken, words);
      child.stdout.destroy();
      let err = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
      });
      const ended = await new Promise((resolve) => child.once('close', resolve));
      expect([ended, err]).toEqual([0, '']);
    },
  );

  it.each([
    [['deaths'], /^DIED +HOST +PROCESS +PID +HOW SURE +WHY/],
    [
      ['deaths', '--host', 'web-3', '--process', 'nginx', '--user', 'alice'],
      /nginx +4121 +proven +was killed with SIGKILL/,
    ],
    [['incidents', '--process', 'nginx'], /2 processes were killed with SIGKILL/],
    [['hosts'], /web-3 +up/],
    [['timeline', 'web-3'], /signal-from-process +nginx \(pid 4121\)/],
    [['timeline', 'nowhere'], /^Nothing is known/],
    [['logins', '--at', '10 minutes ago'], /^No such login/],
    [
      ['compare', '--by', 'program'],
      /^BY +NAME.*program +nginx +\? +1 known +- +not known: neither.*Nobody watched from /s,
    ],
    [['at', 'web-3', 'now'], /^`?web-3`? at .*: no sessions, no runs of cron, /m],
    [['cron'], /^No such line/],
    [['cron', '--next', '--until', 'in 2 hours'], /^No such job runs then/],
    [['cron-runs'], /^No such run/],
    [['status'], /^Hub +ready\nHosts +1, 0 silent\nLast day 2 deaths\n +2 signal-from-process/],
  ])('%j', async (words, expected) => {
    const { status, out, err } = await coroner(...words);
    expect(err).toBe('');
    expect(out).toMatch(expected);
    expect(status).toBe(0);
    expect(out.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
  });

  it('a hostile name stays in its row', async () => {
    const { out } = await coroner('deaths');
    expect(out.trimEnd().split('\n')).toHaveLength(3);
    expect(out).toContain('evil\\u001b[2J\\nroot');
  });

  it('--json has the items of all pages as the hub has them', async () => {
    const { out } = await coroner('deaths', '--json', '--limit', '1');
    const page = JSON.parse(out);
    expect(page.items).toHaveLength(1);
    expect(page.next).toEqual(expect.any(String));
    const all = JSON.parse((await coroner('deaths', '--json')).out);
    expect(all).toMatchObject({ items: [{ pid: 4122 }, { pid: 4121 }], next: null });
  });

  it.each([
    [['deaths', '--since', 'blurp'], /--since "blurp"/],
    [['deaths', '--limit', '0'], /--limit/],
    [['deaths', '--cause', 'boredom'], /cause/],
    [['timeline'], /missing required argument/],
    [['import', 'log', '/dev/null'], /--host/],
  ])('%j is refused with status 2', async (words, message) => {
    const { status, err } = await coroner(...words);
    expect(err).toMatch(message);
    expect(status).toBe(2);
  });
});

describe('import', () => {
  it('makes old logs of a host without an agent askable', async () => {
    const log = file(
      'kern.log',
      [
        '2026-03-01T04:00:00.123456+00:00 db-9 kernel: [100.1] php-fpm[700]: segfault at 0 ip 00007f0000001000 sp 00007ffc00000000 error 4 in libc.so.6[7f0000000000+1000]',
        '2026-03-01T04:00:00.300000+00:00 db-9 systemd[1]: web.service: Main process exited, code=killed, status=9/KILL',
        '2026-03-01T05:00:00.000000+00:00 db-9 earlyoom[12]: sending SIGTERM to process 9001 uid 1000 "chrome": badness 900, VmRSS 2000 MiB',
        '2026-03-01T06:00:00.000000+00:00 db-9 kernel: Out of memory: Killed process 5005 (mysqld) total-vm:9kB, anon-rss:8kB, file-rss:1kB, shmem-rss:0kB, UID:27 pgtables:1kB oom_score_adj:0',
        '2026-03-01T06:30:00.000000+00:00 db-9 sshd[77]: Accepted publickey for alice from 10.0.0.5 port 50000 ssh2',
        'app: Killed process 1 (init) forged',
        '',
      ].join('\n'),
    );
    const first = await coroner('import', '--host', 'db-9', 'log', log);
    expect(first.err).toBe('');
    expect(first.out).toMatch(/^5 events of db-9: 5 stored, 0 known already; 4 deaths/);
    const again = await coroner('import', '--host', 'db-9', 'log', log, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ read: 5, stored: 0, repeated: 5, deaths: 0 });

    const why = async (name: string) =>
      JSON.parse((await coroner('why', name, '--host', 'db-9', '--json')).out).verdict;
    expect(await why('php-fpm')).toMatchObject({ cause: 'crash', confidence: 'likely' });
    expect(await why('chrome')).toMatchObject({ cause: 'oom-daemon', confidence: 'likely' });
    expect(await why('mysqld')).toMatchObject({ cause: 'oom-host', confidence: 'likely' });
    expect(await why('web.service')).toMatchObject({ cause: 'unknown' });

    const timeline = await coroner('timeline', 'db-9', '--since', '2026-03-01T00:00:00Z');
    expect(timeline.out).toContain('login of alice from 10.0.0.5');
    expect((await coroner('hosts')).out).toMatch(/db-9 +never-heard/);
    const logins = await coroner('logins', '--host', 'db-9');
    expect(logins.out).toMatch(/still open +db-9 +alice/);
  });

  it('computes next runs of a crontab in its zone', async () => {
    const crontab = file('crontab', 'CRON_TZ=Asia/Tokyo\n30 2 * * * root pkill -9 python\n');
    const { out } = await coroner(
      'import',
      '--host',
      'db-9',
      '--form',
      'system',
      'crontab',
      crontab,
    );
    expect(out).toMatch(/^1 events of db-9: 1 stored/);
    const { items } = JSON.parse((await coroner('cron', '--host', 'db-9', '--json')).out);
    expect(items).toMatchObject([{ command: 'pkill -9 python', user: 'root' }]);
    expect(items[0].nextRun).toMatch(/T17:30:00/);
  });

  it('says what is wrong with a file or a format', async () => {
    const missing = await coroner('import', '--host', 'h', 'log', join(folder, 'nothing'));
    expect(missing.status).toBe(2);
    expect(missing.err).toMatch(/no such file/);
    const format = await coroner('import', '--host', 'h', 'novel', file('novel', 'x'));
    expect(format.status).toBe(2);
    expect(format.err).toMatch(/unknown format/);
  });
});

describe('webhooks', () => {
  it('are added, listed, tested, changed and removed, and their deliveries listed', async () => {
    const receiver = await startReceiver();
    try {
      const added = await coroner('webhooks', 'add', 'ops', receiver.url, '--hosts', 'web-*');
      expect(added.out).toMatch(/^whsec_[\w+/]{43}=\n$/);
      receiver.secret = added.out.trim();
      const id = added.err.split('.')[0] ?? '';
      expect((await coroner('webhooks')).out).toMatch(
        /^ID .*\n\S+ +ops +on +hosts web-\* +0 +0 +http/,
      );

      const taken = await coroner('webhooks', 'test', id);
      expect(taken).toMatchObject({
        status: 0,
        out: expect.stringMatching(/delivered +1 +- +204/),
      });
      expect(receiver.received).toMatchObject([{ verified: true }]);
      receiver.answer = (response) => void response.writeHead(500).end();
      expect(await coroner('webhooks', 'test', id)).toMatchObject({
        ...{ status: 1, out: expect.stringMatching(/failed +1 +- +it answered 500/) },
      });

      const failed = await coroner('webhooks', 'deliveries', id, '--state', 'failed', '--json');
      expect(JSON.parse(failed.out).items).toMatchObject([{ event: 'webhook.test', status: 500 }]);
      const wrong = await coroner('webhooks', 'deliveries', id, '--state', 'lost');
      expect(wrong).toMatchObject({ status: 2, err: expect.stringContaining('state') });

      const edited = await coroner(
        'webhooks',
        'edit',
        id,
        '--severity',
        'warning',
        '--name',
        'all',
      );
      expect(edited.out).toMatch(/all +on +hosts web-\*.*warning/);
      expect(await coroner('webhooks', 'edit', 'none', '--name', 'x')).toMatchObject({
        ...{ status: 2, err: expect.stringContaining('no webhook none') },
      });
      expect((await coroner('webhooks', 'disable', id)).out).toMatch(/off: .*switched it off/);
      expect((await coroner('webhooks', 'test', id)).err).toContain('switched off');
      expect((await coroner('webhooks', 'enable', id)).out).toMatch(/all +on /);

      const rotated = await coroner('webhooks', 'rotate', id, '--keep', '2h');
      expect(rotated.out).toMatch(/^whsec_[\w+/]{43}=\n$/);
      expect((await coroner('webhooks')).out).toMatch(/on, old secret until \d{4}-/);
      receiver.answer = (response) => void response.writeHead(204).end();
      await coroner('webhooks', 'test', id);
      const signed = receiver.received.at(-1);
      expect([receiver.secret, rotated.out.trim()].map((one) => signed?.verifiedBy(one))).toEqual([
        ...[true, true],
      ]);
      expect((await coroner('webhooks', 'rotate', id, '--keep', 'soon')).err).toContain('--keep');

      expect((await coroner('webhooks', 'remove', id)).out).toContain(receiver.url);
      expect((await coroner('webhooks', 'list')).out).toBe('No webhook.\n');
    } finally {
      await receiver.stop();
    }
  });

  it('are not added where the address or a filter is wrong', async () => {
    const plain = await coroner('webhooks', 'add', 'ops', 'http://ops.example.com/');
    expect(plain).toMatchObject({
      status: 2,
      err: expect.stringContaining('url: must begin with https'),
    });
    const events = await coroner('webhooks', 'add', 'ops', 'https://x.example', '--events', 'died');
    expect(events).toMatchObject({ status: 2, err: expect.stringContaining('--events') });
  });
});

describe('token', () => {
  it('is created, used, listed and revoked', async () => {
    const created = await coroner('token', 'create', 'night watch', '--for', '12h');
    expect(created).toMatchObject({ status: 0, out: expect.stringMatching(/^coroner_\S+\n$/) });
    const token = created.out.trim();
    const id = token.split('_')[1] ?? '';
    expect(created.err).toMatch(`${id}, scope read, expires at`);
    expect((await coronerWith(token, 'deaths')).out).toContain('nginx');

    const refused = await coronerWith(token, 'token', 'list');
    expect(refused).toMatchObject({ status: 2, err: expect.stringContaining('scope admin') });
    const { out } = await coroner('token', 'list');
    expect(out).toMatch(new RegExp(`${id} +night watch +read +valid`));

    expect((await coroner('token', 'revoke', id)).out).toMatch(/revoked/);
    const after = await coronerWith(token, 'deaths');
    expect(after).toMatchObject({ status: 2, err: expect.stringContaining('was revoked') });
    expect(await coroner('token', 'revoke', 'nobody')).toMatchObject({ status: 2 });
  });

  it('is not created with a scope or span that there is not', async () => {
    expect((await coroner('token', 'create', 'x', '--scope', 'root')).err).toMatch(/--scope/);
    expect((await coroner('token', 'create', 'x', '--for', 'soon')).err).toMatch(/--for "soon"/);
  });
});
