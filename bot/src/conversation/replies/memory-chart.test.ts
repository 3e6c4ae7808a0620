import type { Answer, MemoryStory } from '@coroner/schema/http/answer';
import { expect, it } from 'vitest';
import { memoryChart } from './memory-chart.ts';

const mib = 1024;
const story = (facts: Partial<MemoryStory> = {}): MemoryStory => ({
  eventId: 'the-story',
  times: [0, 1, 2, 3].map((minute) => new Date(minute * 60_000).toISOString()),
  totalKb: 8192 * mib,
  availableKb: [6000, 4000, 2000, 10].map((each) => each * mib),
  ...{ swapTotalKb: 0, swapFreeKb: [0, 0, 0, 0] },
  ...{ pressureSome: [0, 0, 12, 80], pressureFull: [0, 0, 0, 0] },
  processes: [
    { pid: 4121, comm: 'leak\u001b[31m', rssKb: [null, 100, 3000, 7000].map((n) => n && n * mib) },
    { pid: 90, comm: 'postgres', rssKb: [500, 500, 500, 500].map((each) => each * mib) },
  ],
  cgroups: [],
  ...facts,
});
const death = { pid: 4121 } as Answer['death'];

it('draws a line for each series, with its range, and marks the victim', () => {
  const lines = memoryChart(story(), death);
  expect(lines[0]).toBe('Memory over the 3 min before, 4 samples:');
  expect(lines[1]).toMatch(/^available of 8 GiB +▆▄▂▁ {2}5\.9 GiB → 10 MiB$/);
  expect(lines[2]).toMatch(/^waiting for memory +▁▁▁▇ {2}0 % → 80 %$/);
  expect(lines[3]).toMatch(/4121 † +[ ]▁▄█ {2}100 MiB → 6\.8 GiB$/);
  expect(lines[3]).not.toContain('\u001b');
  expect(lines[4]).toMatch(/^postgres 90 +████ {2}500 MiB → 500 MiB$/);
  expect(lines).toHaveLength(5);
});

it('draws nothing where nothing was sampled', () => {
  const none = { times: [], availableKb: [], pressureSome: [], processes: [] };
  expect(memoryChart(story(none), death)).toHaveLength(1);
});
