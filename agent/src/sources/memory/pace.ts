import type { Sample } from './sample.ts';

export interface Step {
  /** Until the next sample. */
  readonly waitMs: number;
  /** Look at processes and cgroups then, not at the host alone. */
  readonly whole: boolean;
}

/** Less than this share of the memory left, or this much waiting for it, is a shortage. */
const scarce = 0.15;
const pressedPercent = 1;
/** A cgroup this near to its limit may be killed in the next. */
const near = 0.8;
const fasterBy = 5;
/** Processes are looked at in every third sample while the memory does not move by this share. */
const calm = 0.01;
const calmSamples = 3;
/**
 * Looking at processes takes at most a two-thousandth of one CPU, however many there are, and in a
 * shortage a two-hundredth.
 */
const least = { calm: 2_000, short: 200 };
/** Who asks for shorter intervals than usual gives more, up to a twentieth. */
const usualMs = 10_000;
const boldest = 20;

/** How soon to look again: five times as often in a shortage, and less closely where nothing moves. */
export function pace(everyMs: number) {
  const ratioFor = (usual: number): number =>
    Math.min(usual, Math.max(boldest, (usual * everyMs) / usualMs));
  const ratios = { calm: ratioFor(least.calm), short: ratioFor(least.short) };
  let sinceWhole = 0;
  let availableThen: number | null = null;
  let lastWhole = { atMs: Number.NEGATIVE_INFINITY, costMs: 0 };
  return {
    /** `costMs`: time that the sample took of the CPU. */
    after(sample: Sample, costMs: number): Step {
      const short = isShort(sample);
      const waitMs = short ? everyMs / fasterBy : everyMs;
      if (sample.residents) {
        sinceWhole = 0;
        availableThen = sample.availableKb;
        lastWhole = { atMs: sample.atMs, costMs };
      }
      sinceWhole += 1;
      const moved = Math.abs(sample.availableKb - (availableThen ?? 0)) > calm * sample.totalKb;
      const due = short || moved || sinceWhole >= calmSamples;
      const ratio = short ? ratios.short : ratios.calm;
      const restedMs = sample.atMs + waitMs - lastWhole.atMs;
      return { waitMs, whole: due && restedMs >= lastWhole.costMs * ratio };
    },
  };
}

function isShort({ availableKb, totalKb, pressureSome, cgroups }: Sample): boolean {
  if (availableKb < scarce * totalKb || (pressureSome ?? 0) >= pressedPercent) return true;
  return (cgroups ?? []).some(
    ({ usageKb, limitKb, pressureSome: waiting }) =>
      (waiting ?? 0) >= pressedPercent ||
      (limitKb !== null && usageKb !== null && usageKb > near * limitKb),
  );
}
