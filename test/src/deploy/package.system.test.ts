import { existsSync, readFileSync } from 'node:fs';
import { startWorld, type World } from '@coroner/hub/dist/testing/world.js';
import { Answer } from '@coroner/schema/http/answer';
import { stableId } from '@coroner/schema/identity';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pidNamed, untilGone } from '../lab/stage/processes.ts';
import { until } from '../stack/until.ts';
import { bootHost, type DeployedHost } from './host.ts';

const token = 'token-of-the-packages';
const agent = 'coroner-agent.service';
const hub = 'coroner-hub.service';
const port = 7391;
const answeredWithinMs = 60_000;

let world: World;
let host: DeployedHost;
const older: Record<string, string> = {};
beforeAll(async () => {
  [world, host] = await Promise.all([startWorld(), bootHost()]);
});
afterAll(async () => {
  await host?.stop();
  await world?.stop();
});

/** What the kernel keeps for the agent of this package, whatever other agents run here. */
const pins = `/sys/fs/bpf/coroner-${stableId('instance', '/var/lib/coroner/agent').slice(0, 12)}`;
const isActive = (unit: string): boolean =>
  host.machine.run('systemctl', 'show', '--property=ActiveState', unit).includes('=active');

/** Agents so often started say that they are ready. */
async function untilReady(starts: number): Promise<void> {
  const lines = () => host.machine.run('journalctl', '--no-pager', '-o', 'cat', '-u', agent);
  await until(
    `the agent is ready ${starts} times`,
    () => (lines().match(/"msg":"ready"/g) ?? []).length >= starts,
  );
}

/** Runs a process of that name in the machine, and ends it by pkill. */
async function killed(name: string): Promise<void> {
  host.machine.run('ln', '-s', '/usr/bin/sleep', `/packages/${name}`);
  await host.machine.stage(`/packages/${name}`, '1000');
  const pid = await pidNamed(name);
  host.machine.run('pkill', '-9', '-x', name);
  await untilGone(pid);
}

/** Of the newest death of a process; waits until the hub knows of it. */
async function why(name: string): Promise<Answer> {
  let last = '';
  const read = async (): Promise<Answer | null> => {
    const url = `http://127.0.0.1:${port}/v1/why?process=${name}`;
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    last = await answer.text();
    return answer.status === 200 ? Answer.parse(JSON.parse(last)) : null;
  };
  const patient = () =>
    read().catch((error: Error) => {
      last = String(error.cause ?? error);
      return null;
    });
  return until(`the hub knows of ${name}`, patient, answeredWithinMs).catch((error: Error) => {
    const units = ['-u', agent, '-u', hub];
    const log = host.machine.run('journalctl', '--no-pager', '-n', '40', ...units);
    throw new Error(`${error.message}; it said: ${last}\n${log}`);
  });
}

it('an installed agent records at once, with the capabilities that it needs and no other', async () => {
  older['agent'] = host.build('agent', '0.1.0');
  host.install(older['agent']);
  const pid = host.mainPid(agent);
  expect(pid).toBeGreaterThan(0);
  await untilReady(1);
  expect(existsSync(pins)).toBe(true);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  for (const set of ['CapEff', 'CapBnd']) expect(capabilities(status, set)).toBe(ofTheAgent);
  expect(status).toMatch(/^NoNewPrivs:\s1$/m);
  expect(host.machine.run('systemctl', 'is-enabled', agent).trim()).toBe('enabled');
  // 0 to 10, the less the better; fails above 3.5.
  host.machine.run('systemd-analyze', 'security', '--no-pager', '--threshold=35', agent);
  await killed('deploy-first');
});

it('an upgrade keeps configuration and spool, and the hub names the killer', async () => {
  host.install(host.build('hub', '0.1.0'));
  expect(isActive(hub)).toBe(false);
  host.configure('/etc/coroner/hub.conf', [
    `DATABASE_URL=${world.databaseUrl}`,
    `NATS_URL=${world.nats.url}`,
    `CORONER_API_TOKEN=${token}`,
    `CORONER_API_PORT=${port}`,
  ]);
  host.machine.run('systemctl', 'start', hub);
  const user = readFileSync(`/proc/${host.mainPid(hub)}/status`, 'utf8');
  expect(user).not.toMatch(/^Uid:\s0/m);
  expect(capabilities(user, 'CapBnd')).toBe(0n);
  host.machine.run('systemd-analyze', 'security', '--no-pager', '--threshold=20', hub);

  host.configure('/etc/coroner/agent.conf', [`NATS_URL=${world.nats.url}`]);
  const before = host.mainPid(agent);
  host.install(host.build('agent', '0.1.1'));
  expect(host.mainPid(agent)).not.toBe(before);
  const { verdict, actor } = await why('deploy-first');
  expect(verdict).toMatchObject({ cause: 'signal-from-process', confidence: 'proven' });
  expect(actor?.cmdline).toEqual(['pkill', '-9', '-x', 'deploy-first']);
  const starts = `select body->>'version' version from events where kind = 'agent-start' order by at`;
  await until('both starts are stored', async () => (await world.rows(starts)).length === 2);
  expect(await world.rows(starts)).toEqual([{ version: '0.1.0' }, { version: '0.1.1' }]);
});

it('a downgrade goes on where the newer version was', async () => {
  host.install(older['agent'] ?? '');
  await untilReady(3);
  await killed('deploy-second');
  expect((await why('deploy-second')).verdict.confidence).toBe('proven');
  const twice = 'select id from events group by id having count(*) > 1';
  expect(await world.rows(twice)).toEqual([]);
});

it('a removal leaves neither processes nor programs in the kernel, a purge nothing at all', async () => {
  host.machine.run('dpkg', '--remove', 'coroner-agent', 'coroner-hub');
  expect(existsSync(pins)).toBe(false);
  const left = host.machine.run('ps', '-eo', 'args').match(/.*\/usr\/lib\/coroner.*/g);
  expect(left).toBeNull();
  const path = (inside: string) => existsSync(`/proc/${host.machine.pid}/root${inside}`);
  expect(path('/etc/coroner/agent.conf')).toBe(true);
  expect(path('/var/lib/coroner/agent/spool')).toBe(true);
  host.machine.run('dpkg', '--purge', 'coroner-agent', 'coroner-hub');
  const places = [
    '/etc/coroner',
    '/var/lib/coroner',
    '/usr/lib/coroner-agent',
    '/usr/bin/coroner-agent',
  ];
  expect(places.filter(path)).toEqual([]);
  const units = host.machine.run('systemctl', 'list-unit-files', '--no-pager', '--no-legend');
  expect(units).not.toContain('coroner');
});

/** Numbers of capability.h: DAC_READ_SEARCH, SYS_PTRACE, SYSLOG, AUDIT_READ, PERFMON, BPF. */
const ofTheAgent = [2n, 19n, 34n, 37n, 38n, 39n].reduce((mask, bit) => mask | (1n << bit), 0n);

function capabilities(status: string, set: string): bigint {
  return BigInt(`0x${new RegExp(`^${set}:\\s(\\w+)$`, 'm').exec(status)?.[1]}`);
}
