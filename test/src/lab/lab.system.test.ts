import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Stack, startStack } from '../stack/stack.ts';
import { type Lab, openLab } from './lab.ts';
import { missInWords } from './matrix.ts';
import { runVariant } from './run-variants.ts';
import { compilePrograms } from './stage/programs.ts';
import { allVariants } from './variants/all.ts';
import { missingHere } from './variants/missing.ts';

let stack: Stack;
let lab: Lab;

beforeAll(async () => {
  const prefix = `lab${process.pid}`;
  stack = await startStack({ environment: { CORONER_WATCH: `${prefix}-*,unit:${prefix}-*` } });
  lab = openLab(compilePrograms(), prefix);
});

afterAll(async () => {
  await lab?.close();
  await stack?.stop();
});

it.concurrent.each(
  allVariants.map((variant) => [`${variant.cause}: ${variant.name}`, variant] as const),
)('%s', async (_name, variant) => {
  const result = await runVariant(variant, lab, stack.run());
  expect(missInWords(result)).toBeNull();
});

it('has a reason for each cause that it does not show', () => {
  const missing = [...missingHere(allVariants)];
  expect(missing.map(([cause]) => cause)).toEqual([
    'oom-host',
    'hardware-memory',
    'sysrq',
    'host-crash',
  ]);
  expect(missing.map(([, why]) => why).join()).not.toMatch(/nobody wrote/);
});
