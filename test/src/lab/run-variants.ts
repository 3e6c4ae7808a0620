import { askAbout, type Hub } from './ask.ts';
import type { Lab } from './lab.ts';
import type { Result } from './result.ts';
import type { Truth, Variant } from './variant.ts';

/** Deaths that are caused at the same time: none may disturb the verdict about another. */
const atOnce = 4;

/** Causes each death and asks why; `report` hears of each result. In the order of the variants. */
export async function runVariants(
  variants: readonly Variant[],
  lab: Lab,
  hub: Hub,
  report: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = variants.entries();
  const worker = async (): Promise<void> => {
    for (const [index, variant] of waiting) {
      const result = await runVariant(variant, lab, hub);
      report(result);
      results[index] = result;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}

/**
 * The kernel runs no probe while certain tasks are current (seen: threads of a sandbox's pid 1, and
 * of a timer's interrupt that fell on them nothing is recorded): `unknown` is then the truth.
 */
const attemptsForTimers = 3;

export async function runVariant(variant: Variant, lab: Lab, hub: Hub): Promise<Result> {
  let result = await runOnce(variant, lab, hub);
  for (let attempt = 1; attempt < attemptsForTimers && isUnrecorded(result); attempt += 1)
    result = await runOnce(variant, lab, hub);
  return result;
}

const isUnrecorded = ({ variant, answer }: Result): boolean =>
  variant.cause === 'timer' && answer?.verdict.cause === 'unknown';

async function runOnce(variant: Variant, lab: Lab, hub: Hub): Promise<Result> {
  const since = Date.now();
  let truth: Result['truth'] = null;
  const ask = ({ pid, asked = false }: Truth) =>
    askAbout(hub, pid, { since, atMost: variant.confidence ?? 'proven', asked });
  try {
    truth = await variant.run(lab);
    return { variant, truth, answer: await ask(truth), error: null };
  } catch (error) {
    return { variant, truth, answer: null, error: String(error) };
  }
}
