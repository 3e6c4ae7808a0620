import { z } from 'zod';

/**
 * How sure a verdict is.
 * - `proven`: the kernel recorded it, or two independent sources agree.
 * - `likely`: one source that is not the kernel says so, and nothing contradicts it.
 * - `possible`: an inference from circumstances.
 * - `unknown`: the evidence does not decide.
 */
export const confidences = ['proven', 'likely', 'possible', 'unknown'] as const;

export const Confidence = z.enum(confidences);
export type Confidence = z.infer<typeof Confidence>;

/** The one that says less. */
export function weaker<Level extends Confidence>(a: Level, b: Level): Level {
  return confidences.indexOf(a) > confidences.indexOf(b) ? a : b;
}
