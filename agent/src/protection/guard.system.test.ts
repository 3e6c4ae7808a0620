import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { type Guard, startGuard } from './guard.ts';
import type { Change } from './plan.ts';
import { type Policy, parsePolicy } from './policy.ts';

const patience = { timeout: 120_000 };
const root = fileURLToPath(new URL('../../..', import.meta.url));
const mine = `coroner-guarded-${process.pid}`;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'coroner-guard-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const policyOf = (oomScoreAdj: number): Policy =>
  parsePolicy(JSON.stringify({ protect: [{ process: mine, oom_score_adj: oomScoreAdj }] }));

/** A process that is known by its argv[0]. */
function named(argv0: string): ChildProcess {
  const child = spawn('sleep', ['1000'], { argv0, stdio: 'ignore' });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const adjOf = (child: ChildProcess): number =>
  Number(readFileSync(`/proc/${child.pid}/oom_score_adj`, 'utf8'));

function guarding(policy: Policy) {
  const changes: Change[] = [];
  const failures: Error[] = [];
  const guard: Guard = startGuard(
    policy,
    { changed: (change) => changes.push(change), failed: (error) => failures.push(error) },
    20,
  );
  onTestFinished(() => guard.stop());
  return { changes, failures };
}

it('sets what runs and what comes, once, and touches nobody else', async () => {
  const before = named(mine);
  const stranger = named('coroner-stranger');
  const { changes, failures } = guarding(policyOf(300));
  await vi.waitFor(() => expect(adjOf(before)).toBe(300), patience);
  const after = named(mine);
  await vi.waitFor(() => expect(adjOf(after)).toBe(300), patience);
  expect(adjOf(stranger)).toBe(0);
  expect(changes.map(({ pid, from, to }) => ({ pid, from, to }))).toEqual(
    [before, after].map(({ pid }) => ({ pid, from: 0, to: 300 })),
  );
  writeFileSync(`/proc/${before.pid}/oom_score_adj`, '400');
  const third = named(mine);
  await vi.waitFor(() => expect(adjOf(third)).toBe(300), patience);
  expect(adjOf(before)).toBe(400);
  expect(failures).toEqual([]);
});

/** The command in a process without CAP_SYS_RESOURCE. */
function protect(policy: object, ...options: string[]) {
  const file = join(folder, 'policy.json');
  writeFileSync(file, JSON.stringify(policy));
  const agent = [process.execPath, join(root, 'agent/bin/coroner-agent.js'), 'protect', file];
  const drop = ['--bounding-set=-sys_resource', '--inh-caps=-sys_resource'];
  return spawnSync('setpriv', [...drop, ...agent, ...options], { encoding: 'utf8' });
}

it('a negative value without CAP_SYS_RESOURCE is refused, and nothing is changed', async () => {
  const child = named(mine);
  await once(child, 'spawn');
  const rules = [
    { process: mine, oom_score_adj: -500 },
    { process: 'nobody-of-this-name', oom_score_adj: 5 },
  ];
  const { status, stderr } = protect({ protect: rules }, '--apply');
  expect(status).toBe(2);
  expect(stderr).toContain('CAP_SYS_RESOURCE');
  expect(stderr).toContain(`${mine} -500`);
  expect(adjOf(child)).toBe(0);
});

it('shows what it would change, and changes it when told', async () => {
  const child = named(mine);
  await once(child, 'spawn');
  const policy = { protect: [{ process: mine, oom_adj: 15 }] };
  const shown = protect(policy, '--json');
  expect(JSON.parse(shown.stdout)).toMatchObject([{ pid: child.pid, from: 0, to: 1000 }]);
  expect(adjOf(child)).toBe(0);
  expect(protect(policy, '--apply').status).toBe(0);
  expect(adjOf(child)).toBe(1000);
  expect(protect({ protekt: [] }).stderr).toContain('is protect meant?');
});
