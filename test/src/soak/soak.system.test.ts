import { expect, it } from 'vitest';
import { runSoak } from './soak.ts';

it('a short soak loses nothing, and samples every process', async () => {
  const report = await runSoak({
    ms: 6_000,
    sampleEveryMs: 1_000,
    hosts: 3,
    hubs: 2,
    firstCable: 30,
  });
  expect(report).toMatchObject({ lost: 0, duplicated: 0, untold: [], toldTwice: 0 });
  expect(report.generated).toBeGreaterThan(0);
  expect(report.killed).toBeGreaterThan(0);
  expect(report.deaths).toBe(report.killed);
  const sampled = report.series.filter(({ points }) => points.length >= 2).map(({ of }) => of);
  for (const of of ['agent with probe', 'agent of soak-2', 'hub 2', 'bot', 'nats-server'])
    expect(sampled).toEqual(
      expect.arrayContaining([`${of}: resident MB`, `${of}: own MB`, `${of}: descriptors`]),
    );
  expect(sampled).toEqual(
    expect.arrayContaining(['postgres: connections', 'nats-server: consumers']),
  );
});
