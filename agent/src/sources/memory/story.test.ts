import { expect, it } from 'vitest';
import { pace } from './pace.ts';
import { sampleRing } from './ring.ts';
import type { Sample } from './sample.ts';
import { series } from './story.ts';

const gibKb = 1024 * 1024;
const sample = (facts: Partial<Sample>): Sample => ({
  ...{ atMs: 0, totalKb: 8 * gibKb, availableKb: 4 * gibKb, swapTotalKb: 0, swapFreeKb: 0 },
  ...{ pressureSome: 0, pressureFull: 0, residents: null, cgroups: null },
  ...facts,
});
const residents = (...rows: [pid: number, rssKb: number][]) => ({
  pids: Int32Array.from(rows, ([pid]) => pid),
  rssKb: Int32Array.from(rows, ([, kb]) => kb),
});
const everyMs = 10_000;

it('keeps ten minutes, however long it runs, and however fast', () => {
  const ring = sampleRing();
  for (let atMs = 0; atMs <= 3_600_000; atMs += 10_000) ring.push(sample({ atMs }));
  expect(ring.samples.length).toBe(61);
  expect(ring.samples[0]?.atMs).toBe(3_000_000);
  for (let atMs = 0; atMs < 100; atMs += 0.05) ring.push(sample({ atMs: 3_600_000 + atMs }));
  expect(ring.samples.length).toBe(300);
});

it('looks at processes in every third sample of a calm host, and always in a shortage', () => {
  const calm = pace(everyMs);
  const whole = residents([1, 5000]);
  expect(calm.after(sample({ residents: whole }), 4)).toEqual({ waitMs: everyMs, whole: false });
  expect(calm.after(sample({ atMs: 10_000 }), 0)).toEqual({ waitMs: everyMs, whole: false });
  expect(calm.after(sample({ atMs: 20_000 }), 0)).toEqual({ waitMs: everyMs, whole: true });
  expect(calm.after(sample({ atMs: 20_000, availableKb: gibKb }), 0)).toEqual({
    waitMs: everyMs / 5,
    whole: true,
  });
  const cgroup = { path: '/job', limitKb: 1000, usageKb: 900, pressureSome: null };
  expect(pace(everyMs).after(sample({ cgroups: [cgroup] }), 0).waitMs).toBe(everyMs / 5);
});

it('never takes more than a two-hundredth of a CPU', () => {
  const steps = pace(everyMs);
  const short = { availableKb: 0, residents: residents([1, 5000]) };
  expect(steps.after(sample({ atMs: 0, ...short }), 100).whole).toBe(false);
  const later = (atMs: number) => steps.after(sample({ atMs, availableKb: 0 }), 0).whole;
  expect(later(10_000)).toBe(false);
  expect(later(18_000)).toBe(true);
});

it('gives more to who asks for shorter intervals, at most a twentieth', () => {
  const steps = pace(50);
  const whole = residents([1, 5000]);
  expect(steps.after(sample({ atMs: 0, residents: whole }), 100).whole).toBe(false);
  const later = (atMs: number) => steps.after(sample({ atMs, availableKb: 5 * gibKb }), 0).whole;
  expect(later(1_900)).toBe(false);
  expect(later(1_950)).toBe(true);
});

it('takes a tenth of that while nothing is short, also where the memory moves', () => {
  const steps = pace(everyMs);
  const whole = residents([1, 5000]);
  expect(steps.after(sample({ atMs: 0, residents: whole }), 100).whole).toBe(false);
  const later = (atMs: number) => steps.after(sample({ atMs, availableKb: 5 * gibKb }), 0).whole;
  expect(later(180_000)).toBe(false);
  expect(later(190_000)).toBe(true);
});

it('shows the victims first, then the largest; null where one was not there', () => {
  const samples = [
    sample({ atMs: 0, residents: residents([10, 900_000], [11, 50_000]) }),
    sample({ atMs: 10_000 }),
    sample({ atMs: 20_000, residents: residents([10, 900_000], [12, 70_000], [11, 60_000]) }),
  ];
  const name = (pid: number) => ({ comm: `p${pid}`, cgroup: pid === 12 ? '/job' : null });
  const told = series(samples, name, [{ pid: 12, comm: 'leak' }]);
  expect(told.processes).toEqual([
    { pid: 12, comm: 'leak', cgroup: '/job', rssKb: [null, null, 70_000] },
    { pid: 10, comm: 'p10', cgroup: null, rssKb: [900_000, null, 900_000] },
    { pid: 11, comm: 'p11', cgroup: null, rssKb: [50_000, null, 60_000] },
  ]);
  expect(told.times).toEqual([0, 10_000, 20_000].map((ms) => new Date(ms).toISOString()));
});

it('thins what is long ago, and fits into one event', () => {
  const many = Array.from({ length: 300 }, (_, index) =>
    sample({
      atMs: index * 2000,
      residents: residents(...Array.from({ length: 12 }, (_each, n): [number, number] => [n, 9e8])),
    }),
  );
  const told = series(many, () => ({ comm: 'a-long-name-15c', cgroup: '/x'.repeat(60) }), []);
  expect(told.times.length).toBeLessThanOrEqual(120);
  expect(told.times.at(-1)).toBe(new Date(299 * 2000).toISOString());
  expect(JSON.stringify(told).length).toBeLessThan(64 * 1024);
});
