import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { why } from '../stack/ask.ts';
import { isGone } from '../stack/process.ts';
import { type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { type Victims, victims } from '../victims/victims.ts';

/** Journey 5: a memory cgroup (v1 here) runs out; an innocent process asked for the last page. */
const limitMb = 64;
const hogMb = 48;
const mateMb = 24;
const kbPerMb = 1024;
const controller = '/sys/fs/cgroup/memory';
let cgroup: string;
let stack: Stack;
let lab: Victims;
beforeAll(async () => {
  lab = victims();
  if (!existsSync(join(controller, 'memory.limit_in_bytes'))) {
    throw new Error(`this test needs the memory controller of cgroup v1 in ${controller}`);
  }
  cgroup = join(controller, lab.name('coroner-oom'));
  mkdirSync(cgroup);
  writeFileSync(join(cgroup, 'memory.limit_in_bytes'), `${limitMb * kbPerMb * 1024}`);
  stack = await startStack();
});
afterAll(async () => {
  await lab.clean();
  await until('the cgroup can go', () => {
    try {
      rmdirSync(cgroup);
      return true;
    } catch {
      // EBUSY until the kernel has taken out the last task.
      return false;
    }
  });
  await stack.stop();
});

const inside = (command: string) => ['-c', `echo $$ > ${cgroup}/cgroup.procs; exec ${command}`];

it('names the limit and the victim, and does not accuse the process that asked last', async () => {
  const hogName = lab.name('hog');
  const mateName = lab.name('mate');
  const hog = lab.run('bash', inside(`${lab.program(hogName)} fill ${hogMb}`));
  await hog.up;
  const mate = lab.run('bash', inside(`${lab.program(mateName)} fill ${mateMb}`));
  expect(await hog.end).toEqual({ code: null, signal: 'SIGKILL' });
  await mate.up;
  expect(isGone(mate.pid)).toBe(false);

  const answer = await why(stack, { process: hogName }, ({ oom }) => Boolean(oom?.tasks.length));
  expect(answer.verdict).toMatchObject({ cause: 'oom-cgroup', confidence: 'proven' });
  expect(answer.death).toMatchObject({ pid: hog.pid, comm: hogName, signal: 'SIGKILL' });
  expect(answer.actor?.pid).not.toBe(mate.pid);
  expect(answer.actor).toBeNull();
  expect(answer.verdict.summary).not.toContain(`by ${mateName}`);
  expect(answer.oom).toMatchObject({ constraint: 'memcg', limitKb: limitMb * kbPerMb });
  expect(answer.oom?.invokedBy).toBe(mateName);
  expect(answer.oom?.usageKb).toBeGreaterThan((limitMb - 2) * kbPerMb);
  expect(answer.oom?.anonRssKb).toBeGreaterThan((hogMb - 2) * kbPerMb);
  expect(answer.oom?.cgroup).toContain(cgroup.slice(controller.length));
  expect(answer.oom?.tasks.map(({ comm }) => comm).toSorted()).toEqual(
    [hogName, mateName].toSorted(),
  );
});
