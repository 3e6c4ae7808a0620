import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '@coroner/hub/dist/testing/hub.js';
import { type HubProcess, startHubProcess } from '@coroner/hub/dist/testing/hub-process.js';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import type { Answer } from '@coroner/schema/http/answer';
import type { HostPage } from '@coroner/schema/http/pages';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CronDaemon, cronDaemon } from '../../people/cron-daemon.ts';
import { until } from '../../stack/until.ts';
import { type Agent, startAgent } from '../../storm/agent.ts';
import { type Victims, victims } from '../../victims/victims.ts';
import { type SettableClock, settableClock } from './settable-clock.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Few messages are trusted to a second, `estimateClock`. */
const toleranceMs = 1_500;

let world: World;
let hub: HubProcess;
let lab: Victims;
let clock: SettableClock;
let agent: Agent;
let stateDir: string;
let host: string;
beforeAll(async () => {
  world = await startWorld();
  hub = await startHubProcess(world.nats.url, world.databaseUrl);
  lab = victims();
  host = lab.name('host');
  clock = settableClock();
  stateDir = mkdtempSync(join(tmpdir(), 'coroner-clock-agent-'));
  agent = await startAgent({
    ...clock.environment,
    CORONER_STATE_DIR: stateDir,
    CORONER_HOST: host,
    CORONER_BACKFILL_DAYS: '0',
    NATS_URL: world.nats.url,
  });
});
afterAll(async () => {
  await agent?.stop();
  await lab?.clean();
  await hub?.end('SIGTERM');
  await world?.stop();
  clock?.remove();
  if (stateDir) rmSync(stateDir, { recursive: true, force: true });
});

interface Killed {
  pid: number;
  /** By the clock of the machine, which is the hub's. */
  atMs: number;
}

async function kill(path: string): Promise<Killed> {
  const victim = lab.run(path, ['rest']);
  await victim.up;
  const atMs = Date.now();
  victim.child.kill('SIGKILL');
  await victim.end;
  return { pid: victim.pid, atMs };
}

const get = <Body>(path: string) => ask<Body>(hub.address, path);
const stored = (pid: number) =>
  world.rows(`select id from events where kind = 'death' and host = $1 and pid = $2`, [host, pid]);
const isStored = ({ pid }: Killed) =>
  until(`the death of ${pid} is stored`, async () => (await stored(pid)).length > 0);

/** Deaths by the same name until one is dated by the clock as it is now: the agent looks once a second. */
async function killByNewClock(path: string, byMs: number): Promise<Killed[]> {
  const killed: Killed[] = [];
  await until('the agent knows that the clock was set', async () => {
    const death = await kill(path);
    killed.push(death);
    await isStored(death);
    const { diedAt } = (await answerTo(path, death)).death;
    return Math.abs(Date.parse(diedAt) - death.atMs - byMs) < toleranceMs;
  });
  return killed;
}

async function answerTo(path: string, { pid }: Killed): Promise<Answer> {
  const process = path.slice(path.lastIndexOf('/') + 1);
  const { status, body } = await get<Answer>(`/v1/why?process=${process}&pid=${pid}&host=${host}`);
  expect(status).toBe(200);
  return body;
}

it("deaths around steps of a host's clock are told once, in order, and dated by the hub's", async () => {
  const path = lab.program(lab.name());
  await until('the clock of the host is known', async () => {
    const { body } = await get<HostPage>(`/v1/hosts?host=${host}`);
    return body.items[0]?.clock;
  });
  const killed: Killed[] = [];
  const steps: [byMs: number, said: RegExp | null][] = [
    [0, null],
    [3 * hourMs, /is (3 h|2 h 59 min) ahead/],
    [-2 * hourMs, /is (2 h|1 h 59 min) behind/],
    [26 * minuteMs, /is (26 min|25 min 59 s) ahead/],
    [-40 * 24 * hourMs, /is (40 d|39 d 23 h) behind/],
    [0, null],
  ];
  for (const [byMs, said] of steps) {
    clock.set(byMs);
    killed.push(...(await killByNewClock(path, byMs)));
    const { gaps } = await answerTo(path, killed.at(-1) as Killed);
    const told = gaps.filter((gap) => /clock of|heartbeat|watched/.test(gap));
    expect(told).toHaveLength(said ? 1 : 0);
    if (said) expect(told[0]).toMatch(said);
  }
  // What waits in the kernel is dated by the agent that comes next, and the clock is another by then.
  const before = await kill(path);
  const crashed = agent.crash();
  const meanwhile = await kill(path);
  clock.set(-7 * hourMs);
  await crashed;
  const after = await kill(path);
  killed.push(before, meanwhile, after);
  for (const death of killed) await isStored(death);

  const answers: Answer[] = [];
  for (const death of killed) {
    expect(await stored(death.pid)).toHaveLength(1);
    answers.push(await answerTo(path, death));
  }
  const happenedMs = answers.map(({ death }) => Date.parse(death.happenedAt ?? death.diedAt));
  for (const [index, { atMs }] of killed.entries())
    expect(Math.abs((happenedMs[index] ?? 0) - atMs)).toBeLessThan(toleranceMs);
  expect(happenedMs).toEqual([...happenedMs].sort((a, b) => a - b));
  for (const { verdict, actor } of answers) {
    expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
    expect(actor?.pid).toBe(process.pid);
  }
  const newest = await get<Answer>(`/v1/why?process=${answers[0]?.death.comm}&host=${host}`);
  expect(newest.body.death.pid).toBe(after.pid);
});

it('a job of cron is traced to the line as it stood by then, although the clock was set back since', async () => {
  const path = lab.program(lab.name());
  const victim = lab.run(path, ['rest']);
  await victim.up;
  const name = lab.name('coroner-clock');
  const file = join('/etc/cron.d', name);
  const command = `kill -9 ${victim.pid}`;
  const told = (removed: boolean) =>
    world.count(
      `select count(*)::integer from events where kind = 'cron-job' and host = $1
       and body ->> 'command' = $2 and (body ->> 'removed') is not distinct from $3`,
      [host, command, removed ? 'true' : null],
    );
  clock.set(0);
  let cron: CronDaemon | undefined;
  try {
    writeFileSync(file, `0 0 1 1 * root ${command}\n`);
    await until('the line is told', () => told(false));
    const text = `# every minute now\n* * * * * root ${command}\n`;
    writeFileSync(file, text);
    await until('its change is told', async () => (await told(true)) === 1);
    // Two hours back, and five seconds before a minute begins.
    clock.set(-2 * hourMs - (Date.now() % minuteMs) - 5_000);
    cron = cronDaemon(name, clock.environment);
    cron.write(text);
    expect(await victim.end).toMatchObject({ signal: 'SIGKILL' });
    const death = { pid: victim.pid, atMs: Date.now() };
    await isStored(death);
    const { actor } = await answerTo(path, death);
    expect(actor?.origin).toMatchObject({ type: 'cron', file, line: 2, schedule: '* * * * *' });
  } finally {
    await cron?.stop();
    rmSync(file, { force: true });
  }
});
