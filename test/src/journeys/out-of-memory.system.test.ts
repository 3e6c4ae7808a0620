import { execFileSync } from 'node:child_process';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '@coroner/schema/http/answer';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { limitMemory, memoryRoot } from '../lab/stage/memory-cgroups.ts';
import type { Slack } from '../slack/slack.ts';
import { startSlack } from '../slack/start-slack.ts';
import { why } from '../stack/ask.ts';
import { isGone } from '../stack/process.ts';
import { projectRoot, type Stack, startStack } from '../stack/stack.ts';
import { until } from '../stack/until.ts';
import { type Victim, type Victims, victims } from '../victims/victims.ts';
import { alertChannel, toSlack } from './journey.ts';

/** Journey 5: a memory cgroup (v1 or v2, as the host has it) runs out; an innocent process asked for the last page. */
const limitMb = 64;
const hogMb = 48;
const mateMb = 24;
const kbPerMb = 1024;
const sampleMs = 50;
/** 2 s from the start to the limit. */
const growMsPerMb = 30;
const program = join(projectRoot, 'bot/bin/coroner.js');
let controller: string;
let cgroup: string;
let stack: Stack;
let slack: Slack;
let lab: Victims;
beforeAll(async () => {
  lab = victims();
  controller = memoryRoot();
  cgroup = join(controller, lab.name('coroner-oom'));
  mkdirSync(cgroup);
  limitMemory(cgroup, limitMb * kbPerMb * 1024);
  slack = await startSlack();
  const environment = { CORONER_MEMORY_SAMPLE_MS: `${sampleMs}`, ...toSlack(slack, 'socket') };
  stack = await startStack({ environment });
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
  await slack.close();
});

const pngHead = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const shown = ({ blocks }: { blocks: unknown[] }) => JSON.stringify(blocks);
const inside = (command: string) => ['-c', `echo $$ > ${cgroup}/cgroup.procs; exec ${command}`];

/** What it holds is not to weigh on the next attempt, or test. */
function running(victim: Victim): Victim {
  onTestFinished(async () => {
    victim.child.kill('SIGKILL');
    await victim.end;
  });
  return victim;
}

it('names the limit and the victim, and does not accuse the process that asked last', async () => {
  const hogName = lab.name('hog');
  const mateName = lab.name('mate');
  const hog = running(lab.run('bash', inside(`${lab.program(hogName)} fill ${hogMb}`)));
  await hog.up;
  const mate = running(lab.run('bash', inside(`${lab.program(mateName)} fill ${mateMb}`)));
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

  // Without the report, which may come after the death, it is only possible.
  const card = await until('the alert with its proven cause', () =>
    slack
      .messages(alertChannel)
      .find((each) => each.text.includes(hogName) && shown(each).includes('`oom-cgroup` · proven')),
  );
  expect(card.text).not.toContain(`by ${mateName}`);
  expect(card.pings).toEqual([]);

  const asked = slack.mention('show the OOM report', { channel: alertChannel, threadTs: card.ts });
  await until('the report', () =>
    slack.thread(card).some((each) => shown(each).includes('pieces of evidence')),
  );
  await asked.delivered;
});

it('tells the minutes before: how the victim grew, in its cgroup and on the host', async () => {
  const name = lab.name('leak');
  const leak = running(
    lab.run('bash', inside(`${lab.program(name)} grow ${2 * limitMb} ${growMsPerMb}`)),
  );
  expect(await leak.end).toEqual({ code: null, signal: 'SIGKILL' });

  // Until its own is there, that of the kill before is the nearest.
  const isOwn = (answer: Answer) => answer.memory?.processes[0]?.pid === leak.pid;
  const { memory, evidence } = await why(stack, { process: name }, isOwn);
  expect(evidence).toContainEqual(
    expect.objectContaining({ eventId: memory?.eventId, kind: 'memory-story' }),
  );
  expect(memory?.times.length).toBe(memory?.availableKb.length);
  expect(memory?.times.toSorted()).toEqual(memory?.times);
  const [first] = memory?.processes ?? [];
  expect(first).toMatchObject({ pid: leak.pid, comm: name });
  const held = first?.rssKb.filter((kb) => kb !== null) ?? [];
  expect(held.length).toBeGreaterThan(2);
  expect(Math.max(...held)).toBeGreaterThan(2 * (held[0] ?? 0));
  expect(Math.max(...held)).toBeLessThan((limitMb + 8) * kbPerMb);
  const own = memory?.cgroups.find(({ path }) => path.endsWith(cgroup.slice(controller.length)));
  expect(own?.limitKb).toBe(limitMb * kbPerMb);

  const asked = slack.mention(`why did ${name} die?`);
  await until('the picture', () => slack.uploads().some((body) => body.includes(pngHead)));
  expect(slack.thread(asked).length).toBeGreaterThan(1);
  const upload = slack
    .calls('files.getUploadURLExternal')
    .find(({ args }) => args['filename'] === `memory-${leak.pid}.png`);
  expect(JSON.stringify(upload?.args)).toContain(`before ${name} (pid ${leak.pid}) died`);
  await until('the picture in its thread', () =>
    slack.calls('files.completeUploadExternal').some(({ args }) => args['thread_ts'] === asked.ts),
  );

  const printed = execFileSync(process.execPath, [program, 'why', name], {
    env: { PATH: process.env['PATH'], CORONER_STATE_DIR: stack.stateDir },
    encoding: 'utf8',
  });
  expect(printed).toMatch(/Memory over the .* before, \d+ samples:/);
  expect(printed).toMatch(new RegExp(`${name} ${leak.pid} † +[▁▂▃▄▅▆▇█ ]+  .* → .*MiB`));
});
