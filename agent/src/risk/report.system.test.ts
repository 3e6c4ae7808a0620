import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { limitMemory, memoryMount } from '../probe/testing/cgroups.ts';
import { riskReport } from './report.ts';

const limitBytes = 128 * 1024 * 1024;

/** A Python in the cgroup that holds `mebibytes`, and takes one more at each line on its standard input. */
async function holder(folder: string, mebibytes: number) {
  const code = `import sys
held = [bytearray(${mebibytes} << 20)]
print('ready', flush=True)
for line in sys.stdin:
    held.append(bytearray(1 << 20))
    print('grown', flush=True)`;
  const script = `echo $$ > ${folder}/cgroup.procs; exec python3 -c "$CODE"`;
  const child = spawn('sh', ['-c', script], { env: { ...process.env, CODE: code } });
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stdin.on('error', () => undefined);
  await once(child.stdout, 'data');
  return { child, pid: child.pid as number, gone: once(child, 'exit') };
}

it('names in a cgroup whom the kernel then kills', async () => {
  const name = `coroner-risk-${process.pid}`;
  const folder = join(memoryMount(), name);
  mkdirSync(folder);
  onTestFinished(() => vi.waitFor(() => rmdirSync(folder), { timeout: 120_000 }));
  limitMemory(folder, limitBytes);
  const large = await holder(folder, 60);
  const offered = await holder(folder, 10);
  const small = await holder(folder, 10);
  writeFileSync(`/proc/${offered.pid}/oom_score_adj`, '600');

  const cgroup = riskReport().cgroups.find(({ path }) => path === `/${name}`);
  expect(cgroup?.limitKb).toBe(limitBytes / 1024);
  expect(cgroup?.nearness).toBeGreaterThan(0.5);
  expect(cgroup?.ranking.ranked.map(({ pid }) => pid)).toEqual([offered.pid, large.pid, small.pid]);

  let grown = true;
  small.child.stdout.on('data', () => {
    grown = true;
  });
  const ended = offered.gone.then(() => true);
  while (!(await Promise.race([ended, Promise.resolve(false)]))) {
    if (grown) {
      grown = false;
      small.child.stdin.write('more\n');
    }
    await new Promise(setImmediate);
  }
  expect(offered.child.signalCode).toBe('SIGKILL');
  expect(large.child.signalCode).toBeNull();
  expect(riskReport().cgroups.find(({ path }) => path === `/${name}`)?.oomKills).toBe(1);
});

it('agrees with the kernel about the host', () => {
  const { host } = riskReport();
  const own = host.ranked.find(({ pid }) => pid === process.pid);
  expect(own?.rssKb).toBeGreaterThan(10_000);
  expect(own?.oomScore).toBeCloseTo(Number(readFileSync('/proc/self/oom_score', 'utf8')), -1);
  const scores = host.ranked.slice(0, 20).map(({ oomScore }) => oomScore ?? 0);
  for (const [index, score] of scores.entries())
    expect(score + 2).toBeGreaterThanOrEqual(scores[index + 1] ?? 0);
});
