import type { Confidence } from '@coroner/schema/confidence';

/** What each degree of confidence means to a reader. */
export const sure: Record<Confidence, string> = {
  proven: 'Proven: the kernel recorded it, or two independent sources agree',
  likely: 'Likely: one source says so and nothing contradicts it',
  possible: 'Possible: an inference from circumstances',
  unknown: 'Unknown: the evidence does not decide',
};
