import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { EventPage } from '@coroner/schema/http/events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { get, why } from '../stack/ask.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';

/**
 * Journey: something died yesterday, so somebody installs Coroner, and asks. In the middle of
 * reading what the host remembers the agent is killed.
 */
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const cronRuns = 1500;
const host = hostname();
let folder: string;
let stack: Stack;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-before-'));
  const at = (name: string): string => join(folder, name);
  const oom = kernel(dayMs, [
    'java invoked oom-killer: gfp_mask=0x140dca(GFP_HIGHUSER_MOVABLE|__GFP_COMP|__GFP_ZERO), order=0, oom_score_adj=0',
    'oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg=/system.slice/shop.service,task=shopjava,pid=31337,uid=0',
    'Out of memory: Killed process 31337 (shopjava) total-vm:4194304kB, anon-rss:3145728kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:6400kB oom_score_adj:0',
  ]);
  writeFileSync(at('kern.log'), oom);
  writeFileSync(
    at('syslog.2.gz'),
    gzipSync(
      line(
        3 * dayMs,
        'systemd[1]',
        'shopcache.service: Main process exited, code=killed, status=9/KILL',
      ) + line(3 * dayMs, 'systemd[1]', "shopcache.service: Failed with result 'signal'."),
    ),
  );
  const runs = Array.from({ length: cronRuns }, (_, index) =>
    line(2 * dayMs - index * 60_000, `CRON[${1000 + index}]`, `(root) CMD (run-number ${index})`),
  );
  // As logrotate leaves it: an older half and a newer one.
  writeFileSync(at('syslog.1'), runs.slice(0, cronRuns / 2).join(''));
  writeFileSync(at('syslog'), runs.slice(cronRuns / 2).join(''));
  writeFileSync(at('wtmp'), loginOf('alice', dayMs));
  stack = await startStack({ mounts: `mount --bind ${folder} /var/log` });
});
afterAll(async () => {
  await stack?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('reads the past once though the agent is killed in between, and answers for it', async () => {
  const state = join(stack.stateDir, 'agent/backfill.json');
  const history = () => JSON.parse(readFileSync(state, 'utf8'));
  const eventsRead = () =>
    history().pieces.reduce((sum: number, piece: { events: number }) => sum + piece.events, 0);
  await until('a part of the past is read', () => eventsRead() > 100);
  if (history().finishedAt === null) {
    const { agent } = stack.run().pids;
    process.kill(agent as number, 'SIGKILL');
  }
  await until('all of the past is read', () => history().finishedAt !== null);

  const commands = await until('all cron runs are stored', async () => {
    const found = await cronCommands();
    return new Set(found).size === cronRuns ? found : null;
  });
  expect(commands).toHaveLength(cronRuns);

  const killed = await why(stack, { process: 'shopjava', host });
  expect(killed.verdict).toMatchObject({ cause: 'oom-host', confidence: 'likely' });
  expect(killed.death).toMatchObject({ pid: 31337, signal: 'SIGKILL', host });
  expect(Date.now() - Date.parse(killed.death.diedAt)).toBeGreaterThan(dayMs - hourMs);
  expect(killed.gaps).toContainEqual(
    expect.stringMatching(/^(?:nobody watched|no agent watched) /),
  );

  const unknown = await why(stack, { process: 'shopcache', host });
  expect(unknown.verdict).toMatchObject({ cause: 'unknown', confidence: 'unknown' });
  expect(unknown.actor).toBeNull();

  const { body } = await get(stack, '/v1/logins', { host });
  expect(JSON.stringify(body)).toContain('"user":"alice"');
  const doctor = spawnSync(process.execPath, ['agent/bin/coroner-agent.js', 'doctor'], {
    cwd: join(import.meta.dirname, '../../..'),
    env: { ...process.env, CORONER_STATE_DIR: stack.stateDir },
    encoding: 'utf8',
  });
  expect(doctor.stdout).toMatch(/backfill +available +the 7 days before/);
});

async function cronCommands(): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const query = { host, kind: 'cron-run', limit: 500, ...(cursor ? { cursor } : {}) };
    const { body } = await get(stack, '/v1/events', query);
    const page = EventPage.parse(body);
    for (const { command } of page.items) found.push(String(command));
    cursor = page.next;
  } while (cursor);
  return found.filter((command) => command.startsWith('run-number '));
}

function line(agoMs: number, tag: string, text: string): string {
  return `${new Date(Date.now() - agoMs).toISOString().replace('Z', '000+00:00')} ${host} ${tag}: ${text}\n`;
}

const kernel = (agoMs: number, texts: readonly string[]): string =>
  texts.map((text) => line(agoMs, 'kernel', `[12345.678901] ${text}`)).join('');

/** A record as login(1) writes it, by the program that prints and reads them. */
function loginOf(user: string, agoMs: number): Buffer {
  const at = new Date(Date.now() - agoMs).toISOString().replace(/\..*/, ',000000+00:00');
  const text = `[7] [04121] [ts/2] [${user.padEnd(8)}] [pts/2       ] [10.0.0.5            ] [10.0.0.5       ] [${at}]\n`;
  return execFileSync('utmpdump', ['--reverse'], {
    input: text,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}
