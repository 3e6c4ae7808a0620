import { askAbout, type Hub } from './ask.ts';
import type { Lab } from './lab.ts';
import type { Result } from './result.ts';
import type { Variant } from './variant.ts';

/** Causes each death and asks why, one after the other; `report` hears of each result. */
export async function runVariants(
  variants: readonly Variant[],
  lab: Lab,
  hub: Hub,
  report: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const variant of variants) {
    const result = await runOne(variant, lab, hub);
    report(result);
    results.push(result);
  }
  return results;
}

async function runOne(variant: Variant, lab: Lab, hub: Hub): Promise<Result> {
  const since = Date.now();
  let truth: Result['truth'] = null;
  try {
    truth = await variant.run(lab);
    return { variant, truth, answer: await askAbout(hub, truth.pid, since), error: null };
  } catch (error) {
    return { variant, truth, answer: null, error: String(error) };
  }
}
