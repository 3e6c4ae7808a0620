import type { Sample } from './sample.ts';

const keptMs = 600_000;
/** Ten minutes of the fastest pace. */
const mostSamples = 300;

/** The samples of the last ten minutes, oldest first. */
export function sampleRing() {
  const samples: Sample[] = [];
  return {
    samples: samples as readonly Sample[],
    push(sample: Sample): void {
      samples.push(sample);
      const oldestMs = sample.atMs - keptMs;
      while (samples.length > mostSamples || (samples[0] && samples[0].atMs < oldestMs))
        samples.shift();
    },
  };
}
