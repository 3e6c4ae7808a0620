import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fromOomAdj } from './oom-adj.ts';
import { planner, type Subject } from './plan.ts';
import { parsePolicy, readPolicy } from './policy.ts';

const policyOf = (...protect: object[]) => parsePolicy(JSON.stringify({ protect }));

describe('a policy', () => {
  it('names processes and units, in the new scale and the old', () => {
    expect(
      policyOf(
        { process: 'postgres', oom_score_adj: -800 },
        { unit: 'batch-*.service', oom_score_adj: 500 },
        { process: 'sshd', unit: 'ssh.service', oom_adj: -17 },
      ),
    ).toEqual([
      { process: 'postgres', unit: null, oomScoreAdj: -800 },
      { process: null, unit: 'batch-*.service', oomScoreAdj: 500 },
      { process: 'sshd', unit: 'ssh.service', oomScoreAdj: -1000 },
    ]);
  });

  it.each<[object, RegExp]>([
    [
      { process: 'x', oom_score_adjust: 1 },
      /protect\.0: .*unknown key "oom_score_adjust"; is oom_score_adj meant/,
    ],
    [{ process: 'x', OOMScoreAdj: 1 }, /is oom_score_adj meant/],
    [{ proces: 'x', oom_score_adj: 1 }, /is process meant/],
    [{ process: 'x', oom_score_adj: 1, colour: 'red' }, /unknown key "colour"$/],
    [{ process: 'x', oom_score_adj: -1001 }, /protect\.0\.oom_score_adj/],
    [{ process: 'x', oom_adj: 16 }, /protect\.0\.oom_adj/],
    [{ process: 'x', oom_score_adj: 0.5 }, /oom_score_adj/],
    [{ process: 'x', oom_score_adj: 1, oom_adj: 1 }, /needs one of oom_score_adj and oom_adj/],
    [{ process: 'x' }, /needs one of/],
    [{ oom_score_adj: 1 }, /names neither a process nor a unit/],
    [{ process: '', oom_score_adj: 1 }, /protect\.0\.process/],
  ])('%j is refused with what is wrong', (rule, message) => {
    expect(() => policyOf(rule)).toThrow(message);
  });

  it('that is no policy is refused with its file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'coroner-policy-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'protect.json');
    for (const text of ['{', '[]', '{"protect": []}', '{"protekt": []}']) {
      writeFileSync(path, text);
      expect(() => readPolicy(path)).toThrow(path);
    }
    expect(() => readPolicy(path)).toThrow('is protect meant?');
    expect(() => readPolicy(join(folder, 'none'))).toThrow('none');
  });
});

it.each([
  [-17, -1000],
  [-16, -941],
  [-1, -58],
  [0, 0],
  [1, 58],
  [14, 823],
  [15, 1000],
])('oom_adj %i is oom_score_adj %i, as the kernel translates it', (old, now) => {
  expect(fromOomAdj(old)).toBe(now);
});

describe('the plan', () => {
  const subject = (facts: Partial<Subject>): Subject => ({
    pid: 7,
    comm: 'x',
    exe: null,
    argv0: null,
    unit: null,
    oomScoreAdj: 0,
    ...facts,
  });
  const plan = planner(
    policyOf(
      { process: 'postgres', unit: 'db.service', oom_score_adj: 10 },
      { process: 'post*', oom_score_adj: 20 },
      { unit: 'web-?.service', oom_score_adj: 30 },
    ),
  );

  it.each<[Partial<Subject>, number | null]>([
    [{ comm: 'postgres' }, 20],
    [{ comm: 'postgres', unit: 'db.service' }, 10],
    [{ comm: 'x', exe: '/usr/lib/postmaster' }, 20],
    [{ comm: 'x', argv0: '/opt/poster' }, 20],
    [{ unit: 'web-1.service' }, 30],
    [{ unit: 'web-12.service' }, null],
    [{ comm: 'xpostgres' }, null],
    [{ comm: 'postgres', oomScoreAdj: 20 }, null],
    [{}, null],
  ])('%j → %j', (facts, to) => {
    expect(plan(subject(facts))?.to ?? null).toBe(to);
  });
});
