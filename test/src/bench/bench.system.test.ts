import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { projectRoot } from '../stack/stack.ts';
import { measureRounds } from './capture/measure.ts';
import { coroner } from './collectors/coroner.ts';
import { tracefs } from './collectors/tracefs.ts';
import { measureFleet } from './fleet/measure.ts';
import { idle } from './idle.ts';
import { openReport } from './report.ts';

const testWithinMs = 240_000;
const workloadMs = 300;

it(
  'measures who records signals: Coroner accounts for all of a storm, whoever sends them',
  async () => {
    const missing = new Map<string, string>();
    const agent = coroner(join(projectRoot, 'agent/bin/coroner-agent.js'));
    const say = (): void => undefined;
    const found = await measureRounds([agent, tracefs], 1, workloadMs, missing, say);
    expect([...missing]).toEqual([]);
    const own = found.get(agent.name)?.[0];
    expect(own?.of['fork+kill'].recorded).toBe(own?.of['fork+kill'].sent.count);
    for (const { sent, accounted, slowDown } of Object.values(own?.of ?? {})) {
      expect(sent.count).toBeGreaterThan(0);
      expect(accounted).toBe(sent.count);
      expect(slowDown).toBeGreaterThan(0);
    }
    // The pipe loses what is not read in time: it is only certain that it was counted.
    expect(found.get(tracefs.name)?.[0]?.of.steady.recorded).toBeGreaterThan(0);
  },
  testWithinMs,
);

it(
  'the bundled agent rests within its memory; what cannot run here is told with the reason',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coroner-bench-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    onTestFinished(() => printed.mockRestore());
    const report = openReport(folder);
    await idle.run({ report, scale: 0.01, say: () => undefined });
    const text = readFileSync(report.end(), 'utf8');
    expect(text).toMatch(/\| Coroner, whole agent +\| \d+ MB/);
    expect(text).toMatch(/\| agent idle, RSS +\| ≤ 60 MB +\| \d+ MB +\| yes/);
    expect(text).toMatch(/bcc killsnoop( cannot run here: .| +\|)/);
  },
  testWithinMs,
);

it(
  'what the agents of a small fleet send is all taken and stored',
  async () => {
    const cost = await measureFleet(20, 1, 1_000);
    expect(cost).toMatchObject({ hosts: 20, refused: 0, missing: 0 });
    expect(cost.heartbeats).toBeGreaterThanOrEqual(20);
    expect(cost.hub).toBeGreaterThan(0);
  },
  testWithinMs,
);
